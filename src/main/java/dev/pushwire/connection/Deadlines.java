package dev.pushwire.connection;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.protocol.CloseStatus;

/**
 * The deadlines of an open connection: its lease, its age, and the peer's signs of life. The class has no instances,
 * since each idle connection would need one.
 */
final class Deadlines {
    private Deadlines() {}

    /** Ends the connection, or sends a sign of life, if it is time for that. */
    static void look(Connection connection, long now) {
        Limits limits = connection.binding().limits();
        CloseStatus accessEnd = connection.session().lease().ending(now);
        if (accessEnd != null) {
            connection.end(new Ending.AccessEnded(accessEnd));
        } else if (connection.lifetime().isOver(now)) {
            connection.session().leave(new Ending.LifetimeOver());
        } else if (connection.lifetime().isIdle(now, limits.idleTimeout())) {
            connection.end(new Ending.IdledOut());
        } else if (!connection.transport().sweep(now)) {
            connection.end(new Ending.WentQuiet());
        } else {
            keepAlive(connection, now);
        }
    }

    private static void keepAlive(Connection connection, long now) {
        Keepalive keepalive = connection.keepalive();
        boolean held = connection.in().isHeldByEndpoint();
        Heartbeat own = keepalive.heartbeat();
        if (own != null) {
            if (keepalive.isTooQuiet(now, held)) {
                connection.end(new Ending.WentQuiet());
                return;
            }
            if (keepalive.isBeatDue(
                            now + connection.loop().sweepInterval(),
                            connection.lifetime().lastSent())
                    && connection.out().beat(own)) {
                keepalive.beaten(now);
                connection.lifetime().beaten(now);
                return; // no ping: with a beat in the outbox it would not be sent, but its answer would be awaited
            }
        }
        if (!connection.isStream() && !keepalive.standsForPings()) {
            ping(connection, now, held);
        }
    }

    private static void ping(Connection connection, long now, boolean held) {
        Keepalive keepalive = connection.keepalive();
        switch (keepalive.check(now, connection.binding().limits(), held)) {
            case NOTHING -> {}
            case PING -> {
                if (connection.out().ping()) {
                    keepalive.pinged();
                }
            }
            case QUIET -> connection.end(new Ending.WentQuiet());
        }
    }
}
