/**
 * RFC 6455 as values, pure functions and small state machines: bytes in, events out; messages in, bytes out. No I/O, no
 * threads, no clock, no logger.
 */
@NullMarked
package dev.pushwire.protocol;

import org.jspecify.annotations.NullMarked;
