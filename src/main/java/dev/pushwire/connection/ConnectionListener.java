package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;

/**
 * Is told of connections that open and close; {@code (opened ponged* lasted closed)} for each. Called on the connection's event loop:
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
     * The peer has answered a ping.
     *
     * @param endpoint the path pattern that the connection was mapped by
     * @param nanos since the ping
     */
    default void ponged(String endpoint, long nanos) {}

    /**
     * How long a connection was open; right before {@code closed}.
     *
     * @param endpoint the path pattern that the connection was mapped by
     */
    default void lasted(String endpoint, long nanos) {}

    /**
     * The socket is closed and nothing is held for the connection any more.
     *
     * @param endpoint the path pattern that the connection was mapped by
     * @param status what the endpoint was told
     */
    default void closed(String endpoint, Ending ending, CloseStatus status) {}
}
