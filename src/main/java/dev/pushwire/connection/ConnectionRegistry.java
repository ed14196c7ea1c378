package dev.pushwire.connection;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are and may be. A place is taken while the handshake is answered and given back when the
 * socket is closed. Thread-safe.
 */
public final class ConnectionRegistry {
    private final int maxConnections;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean draining;

    public ConnectionRegistry(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /**
     * Takes a place for a new connection.
     *
     * @return {@code OPEN} when it was taken; the caller then gives it back by {@link #leave}, however it goes on
     */
    public Availability enter() {
        if (draining) {
            return Availability.DRAINING;
        }
        if (taken.incrementAndGet() > maxConnections) {
            taken.decrementAndGet();
            return Availability.FULL;
        }
        return Availability.OPEN;
    }

    /** Gives a place back. */
    public void leave() {
        taken.decrementAndGet();
    }

    /** Places taken now. */
    public int size() {
        return taken.get();
    }

    public int maxConnections() {
        return maxConnections;
    }

    /** From now on no place is given. */
    public void drain() {
        draining = true;
    }

    public boolean draining() {
        return draining;
    }
}
