/**
 * Many WebSockets on one thread, which cost little compared to the nodes that they measure: for a crowd that comes at
 * once, and for publications from one node to another.
 */
@NullMarked
package dev.pushwire.bench.lines;

import org.jspecify.annotations.NullMarked;
