/**
 * The interfaces of a WebSocket endpoint: an application implements {@link dev.pushwire.endpoint.Endpoint} and calls
 * {@link dev.pushwire.endpoint.Session}.
 */
@NullMarked
package dev.pushwire.endpoint;

import org.jspecify.annotations.NullMarked;
