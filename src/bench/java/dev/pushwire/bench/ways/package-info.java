/**
 * Measures what each transport costs the server and the network. Many clients get the messages of a topic, each on a
 * virtual thread.
 */
@NullMarked
package dev.pushwire.bench.ways;

import org.jspecify.annotations.NullMarked;
