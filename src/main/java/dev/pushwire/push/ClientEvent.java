package dev.pushwire.push;

import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a client of topics did, whichever way it came. An application hears of it with an {@code @EventListener} for one of the
 * records, or for all of them. Only clients of its own node are told of.
 *
 * <p>Listeners are called on a virtual thread of the client, and may block. The events of one client come one after the other, in this
 * order: {@code Connected (Subscribed | Unsubscribed)* Disconnected}. A slow listener holds up that client alone; what it throws is
 * logged.
 */
public sealed interface ClientEvent {
    /** The client's id, as presence and the HTTP API have it: {@link dev.pushwire.endpoint.Session#id}. */
    String connection();

    /** Who the client is by then; null for nobody in particular. It may say so later than it connects. */
    @Nullable
    Principal principal();

    /**
     * A client has connected.
     *
     * @param remoteAddress as {@link dev.pushwire.endpoint.Session#remoteAddress}
     */
    record Connected(String connection, @Nullable Principal principal, String remoteAddress) implements ClientEvent {}

    /**
     * A client has subscribed.
     *
     * @param topic a topic, or a pattern with wildcards
     */
    record Subscribed(String connection, @Nullable Principal principal, String topic) implements ClientEvent {}

    /**
     * A subscription has ended: the client wanted it so, its new token does not allow it, or its connection is over.
     *
     * @param topic as in {@link Subscribed}
     */
    record Unsubscribed(String connection, @Nullable Principal principal, String topic) implements ClientEvent {}

    /**
     * A client's connection is over.
     *
     * @param status 1005 when the client gave no code, 1006 when there was no closing handshake
     */
    record Disconnected(String connection, @Nullable Principal principal, CloseStatus status) implements ClientEvent {}
}
