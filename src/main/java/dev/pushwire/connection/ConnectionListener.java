package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;

/**
 * Is told of connections that open and close; {@code (opened closed)} for each. Called on the connection's event loop:
 * must neither block nor throw.
 */
public interface ConnectionListener {
    /**
     * A connection is ready for messages.
     *
     * @param endpoint the path pattern that it was mapped by
     */
    default void opened(String endpoint) {}

    /**
     * The socket is closed and nothing is held for the connection any more.
     *
     * @param endpoint the path pattern that the connection was mapped by
     * @param status what the endpoint was told
     */
    default void closed(String endpoint, Ending ending, CloseStatus status) {}
}
