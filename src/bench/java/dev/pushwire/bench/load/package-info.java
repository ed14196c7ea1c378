/**
 * The load client: a process of its own that talks WebSocket to one server, checks every byte that comes back, and
 * prints what it measured. It uses plain NIO, so that it costs little compared to the server that it measures.
 */
@NullMarked
package dev.pushwire.bench.load;

import org.jspecify.annotations.NullMarked;
