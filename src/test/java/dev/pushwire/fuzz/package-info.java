/**
 * Fuzz tests: whatever a client sends may come to nothing but events, or to the failures that the protocol knows.
 *
 * <p>In a normal run each of them reads the files of its directory in {@code src/test/resources}, once. To look for more,
 * guided by what the code does with each input, start one of them alone:
 *
 * <pre>JAZZER_FUZZ=1 ./mvnw test -Dtest=MessageReaderFuzzTest</pre>
 *
 * <p>It runs for five minutes, or as long as {@code JAZZER_MAX_DURATION} says. What fails is put into the test's
 * directory; what it found interesting is in {@code .cifuzz-corpus}.
 */
@NullMarked
package dev.pushwire.fuzz;

import org.jspecify.annotations.NullMarked;
