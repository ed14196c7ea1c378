/**
 * Compares Pushwire with the servers that a team could use instead. It starts one server after the other, lets the load
 * client measure each, and writes tables and a picture. docs/performance-method.md says how to use it, and
 * docs/performance.md how to read the results.
 */
@NullMarked
package dev.pushwire.bench;

import org.jspecify.annotations.NullMarked;
