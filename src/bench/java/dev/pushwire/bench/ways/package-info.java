/**
 * Clients that get the messages of a topic by one way or another, many of them at a time, each on a virtual thread: what does each
 * way cost the server, and the network?
 */
@NullMarked
package dev.pushwire.bench.ways;

import org.jspecify.annotations.NullMarked;
