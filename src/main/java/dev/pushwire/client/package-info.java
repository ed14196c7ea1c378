/**
 * A client of {@code /push} for Java, for back ends, tests and load tools. It reconnects, recovers missed publications,
 * and renews its token by itself.
 */
@NullMarked
package dev.pushwire.client;

import org.jspecify.annotations.NullMarked;
