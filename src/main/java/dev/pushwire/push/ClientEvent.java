package dev.pushwire.push;

import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * An action of a client of topics, whatever its transport. An application receives it with an {@code @EventListener}
 * for one of the records, or for all of them. A node reports only its own clients.
 *
 * <p>Listeners run on a virtual thread of the client, and may block. The events of one client come one after the other,
 * in this order: {@code Connected (Subscribed | Unsubscribed)* Disconnected}. A slow listener holds up only its client.
 * An exception of a listener is logged.
 */
public sealed interface ClientEvent {
    /** The client's id, as in presence and in the HTTP API: {@link dev.pushwire.endpoint.Session#id}. */
    String connection();

    /** The client's user at that time; null if it is anonymous. A client may authenticate after it has connected. */
    @Nullable
    Principal principal();

    /**
     * A client has connected.
     *
     * @param remoteAddress its IP address, as {@link dev.pushwire.endpoint.Session#remoteAddress} has it
     */
    record Connected(String connection, @Nullable Principal principal, String remoteAddress) implements ClientEvent {}

    /**
     * A client has subscribed.
     *
     * @param topic a topic, or a pattern with wildcards
     */
    record Subscribed(String connection, @Nullable Principal principal, String topic) implements ClientEvent {}

    /**
     * A subscription has ended: the client ended it, a new token does not allow it, or the connection is over.
     *
     * @param topic as in {@link Subscribed}
     */
    record Unsubscribed(String connection, @Nullable Principal principal, String topic) implements ClientEvent {}

    /**
     * A client's connection is over.
     *
     * @param status how it ended; 1005 if the client gave no code, 1006 if there was no closing handshake (RFC 6455,
     *     section 7.1.5)
     */
    record Disconnected(String connection, @Nullable Principal principal, CloseStatus status) implements ClientEvent {}
}
