package dev.pushwire.connection;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.protocol.Framing;
import org.jspecify.annotations.Nullable;

/**
 * What all connections to one endpoint share.
 *
 * @param pattern the path pattern they were mapped by
 * @param authenticatesLate whether it takes tokens in messages
 * @param rateLimit what of that which a connection sends is counted
 * @param messagesPerSecond how many of those it takes of each connection, and how many of them at once; 0 for any number
 * @param stream what its connections are sent, where they are streams; null where they are WebSockets
 */
public record EndpointBinding(
        String pattern,
        Endpoint endpoint,
        Execution execution,
        boolean authenticatesLate,
        RateLimit rateLimit,
        int messagesPerSecond,
        Limits limits,
        ConnectionRegistry registry,
        ConnectionListener listener,
        @Nullable StreamFormat stream) {
    /** The {@link #transport} of all that is no stream. */
    public static final String WEBSOCKET = "websocket";

    /** Of WebSockets. */
    public EndpointBinding(
            String pattern,
            Endpoint endpoint,
            Execution execution,
            boolean authenticatesLate,
            RateLimit rateLimit,
            int messagesPerSecond,
            Limits limits,
            ConnectionRegistry registry,
            ConnectionListener listener) {
        this(
                pattern,
                endpoint,
                execution,
                authenticatesLate,
                rateLimit,
                messagesPerSecond,
                limits,
                registry,
                listener,
                null);
    }

    /**
     * How its connections tell messages apart.
     *
     * @param chunked whether the head of the response announces chunks; of no meaning for WebSockets
     */
    public Framing framing(boolean chunked) {
        return stream == null ? Framing.WEBSOCKET : stream.framing(chunked);
    }

    /** Whether each of its connections is a client's session, see {@link StreamFormat#isSession}. */
    public boolean isOfSessions() {
        return stream == null || stream.isSession();
    }

    /** What carries its connections, as the meters call it. */
    public String transport() {
        return stream == null ? WEBSOCKET : stream.transport();
    }
}
