package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;

/**
 * Is told of connections that open and close; {@code (opened ponged* lasted closed)} for each. It is called on the
 * connection's event loop, and must neither block nor throw.
 */
public interface ConnectionListener {
    /**
     * A connection is ready for messages.
     *
     * @param endpoint the path pattern of the endpoint
     */
    default void opened(String endpoint) {}

    /**
     * The peer has answered a ping.
     *
     * @param endpoint the path pattern of the endpoint
     * @param nanos the time since the ping, in nanoseconds
     */
    default void ponged(String endpoint, long nanos) {}

    /**
     * A connection has been open this long. The call comes right before {@code closed}.
     *
     * @param endpoint the path pattern of the endpoint
     */
    default void lasted(String endpoint, long nanos) {}

    /**
     * The socket is closed, and nothing is held for the connection any more.
     *
     * @param endpoint the path pattern of the endpoint
     * @param status the status that the endpoint was told
     */
    default void closed(String endpoint, Ending ending, CloseStatus status) {}
}
