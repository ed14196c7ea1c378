package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;
import java.util.concurrent.ThreadLocalRandom;

/** The deadlines of a connection that is open: what it was let in with, its age, and the peer's signs of life. */
final class Deadlines {
    private final Connection connection;
    private final ReadPath in;
    private final Limits limits;
    private final Keepalive keepalive;
    private final Lifetime lifetime;

    Deadlines(Connection connection, ReadPath in) {
        long now = connection.loop().now();
        this.connection = connection;
        this.in = in;
        this.limits = connection.binding().limits();
        this.keepalive = new Keepalive(now);
        this.lifetime = new Lifetime(now, limits.maxLifetime(), ThreadLocalRandom.current());
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** The peer gave a sign of life. */
    void heard() {
        keepalive.heard(connection.loop().now());
    }

    /** A pong is here. */
    void ponged() {
        long roundTrip = keepalive.ponged(connection.loop().now());
        if (roundTrip >= 0) {
            EndpointBinding binding = connection.binding();
            binding.listener().ponged(binding.pattern(), roundTrip);
        }
    }

    /** Ends the connection, or pings the peer, if it is time for that. */
    void look(long now) {
        CloseStatus accessEnd = connection.session().lease().ending(now);
        if (accessEnd != null) {
            connection.end(new Ending.AccessEnded(accessEnd));
        } else if (lifetime.isOver(now)) {
            connection.session().leave(new Ending.LifetimeOver());
        } else if (lifetime.isIdle(now, limits.idleTimeout())) {
            connection.end(new Ending.IdledOut());
        } else {
            switch (keepalive.check(now, limits, in.isHeldByEndpoint())) {
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
}
