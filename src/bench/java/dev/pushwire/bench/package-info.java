/**
 * Measures Pushwire against what a team would use instead: starts each server in its turn, has the load client measure it,
 * and writes tables and a picture. docs/performance.md says how to read them.
 */
@NullMarked
package dev.pushwire.bench;

import org.jspecify.annotations.NullMarked;
