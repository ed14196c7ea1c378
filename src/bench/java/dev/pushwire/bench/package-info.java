/**
 * Measures Pushwire against what a team would use instead: starts each server in its turn, has the load client measure it,
 * and writes tables and a picture. docs/performance-method.md says how to use it, docs/performance.md how to read them.
 */
@NullMarked
package dev.pushwire.bench;

import org.jspecify.annotations.NullMarked;
