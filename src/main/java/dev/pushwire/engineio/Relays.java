package dev.pushwire.engineio;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.Session;
import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRequest.Carry;
import dev.pushwire.polling.SessionRoutes;
import java.security.Principal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The WebSockets of this node that carry sessions of other nodes, or want to. Thread-safe. */
public final class Relays {
    private static final int UNAVAILABLE = 503;

    private final SessionRoutes routes;
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

    public Relays(SessionRoutes routes) {
        this.routes = routes;
    }

    boolean isElsewhere(SessionId id) {
        return routes.isElsewhere(id);
    }

    /**
     * Whether another node has a session for this client. Waits for that node.
     *
     * @throws HandshakeRefusedException if that node does not answer at the moment
     */
    boolean know(SessionId id, Handshake handshake) throws HandshakeRefusedException {
        SessionAnswer answer = routes.answer(id, new Carry(principal(handshake), "", Carry.Step.LOOK))
                .join();
        if (answer == Refused.UNREACHABLE) {
            throw new HandshakeRefusedException(
                    UNAVAILABLE, "The node of this session does not answer for the moment.");
        }
        return answer instanceof Done;
    }

    /** A WebSocket has opened. */
    Relay open(SessionId id, Session webSocket, Handshake handshake) {
        Relay relay = new Relay(routes, id, principal(handshake), webSocket);
        relays.add(relay);
        return relay;
    }

    /** The name of the client's user; null if it has none. */
    static @Nullable String principal(Handshake handshake) {
        Principal principal = handshake.principal();
        return principal == null ? null : principal.getName();
    }

    /** A WebSocket is over. */
    void closed(Relay relay) {
        relays.remove(relay);
        relay.closed();
    }

    /**
     * Closes WebSockets that take too long; to be called about once a second. Does not wait.
     *
     * @param now as {@link System#nanoTime}
     */
    public void sweep(long now) {
        relays.forEach(relay -> relay.sweep(now));
    }

    /** How many WebSockets carry a session of another node. */
    public int carrying() {
        return (int) relays.stream().filter(Relay::isCarrying).count();
    }
}
