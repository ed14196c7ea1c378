/**
 * Push where there is no WebSocket: server-sent events (HTML, section 9.2) of topics. What clients see is in
 * {@code docs/streams.md}.
 */
@NullMarked
package dev.pushwire.stream;

import org.jspecify.annotations.NullMarked;
