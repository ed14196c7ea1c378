/**
 * Topics as server-sent events (HTML, section 9.2), for clients without a WebSocket. {@code docs/streams.md} describes
 * what clients see.
 */
@NullMarked
package dev.pushwire.stream;

import org.jspecify.annotations.NullMarked;
