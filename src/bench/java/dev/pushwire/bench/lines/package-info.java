/**
 * Many WebSockets on one thread, which cost little beside the nodes that they are there to measure: a crowd that comes at once, and
 * publications that go from one node to another.
 */
@NullMarked
package dev.pushwire.bench.lines;

import org.jspecify.annotations.NullMarked;
