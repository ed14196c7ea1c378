/**
 * Fuzz tests: whatever a client sends may come to nothing but events, or to the failures that the protocol knows.
 *
 * <p>In a normal run each of them is called with the files of its directory in {@code src/test/resources}. To look for
 * more, guided by which code each input reaches, say for how long:
 *
 * <pre>FUZZ_SECONDS=300 ./mvnw test -Dtest=MessageReaderFuzzTest</pre>
 *
 * <p>Jazzer then runs in a JVM of its own. An input that fails is put into the directory, where it stays as a regression
 * test; what was of interest on the way is in {@code target/fuzz}.
 */
@NullMarked
package dev.pushwire.fuzz;

import org.jspecify.annotations.NullMarked;
