package dev.pushwire.connection;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.protocol.Framing;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all connections to one endpoint share.
 *
 * @param pattern the path pattern of the endpoint
 * @param authenticatesLate whether it takes tokens in messages
 * @param rateLimit what counts against the rate
 * @param messagesPerSecond how many of these a connection may send in a second, and how many at once; 0 for any number
 * @param stream the format of its connections, if they are streams; null if they are WebSockets
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
    /** The {@link #transport} of connections that are not streams. */
    public static final String WEBSOCKET = "websocket";

    /** The binding of an endpoint over WebSockets. */
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

    /** The same for another endpoint, for instance one that has a single connection. */
    public EndpointBinding to(Endpoint other) {
        return new EndpointBinding(
                pattern,
                other,
                execution,
                authenticatesLate,
                rateLimit,
                messagesPerSecond,
                limits,
                registry,
                listener,
                stream);
    }

    /**
     * How its connections tell messages apart.
     *
     * @param chunked whether the head of the response announces chunks; has no meaning for WebSockets
     */
    public Framing framing(boolean chunked) {
        return stream == null ? Framing.WEBSOCKET : stream.framing(chunked);
    }

    /** Whether each of its connections is a client's session, see {@link StreamFormat#isSession}. */
    public boolean isOfSessions() {
        return stream == null || stream.isSession();
    }

    /** What carries its connections, as the meters name it. */
    public String transport() {
        return stream == null ? WEBSOCKET : stream.transport();
    }
}
