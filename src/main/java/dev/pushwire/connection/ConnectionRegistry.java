package dev.pushwire.connection;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there are and may be, by number and by what they take of the heap. A place is taken while the handshake is answered and given back when the
 * socket is closed. Thread-safe.
 */
public final class ConnectionRegistry {
    private final int maxConnections;
    private final ClientMemory memory;
    private final int memoryForEach;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean draining;

    /** For any heap. */
    public ConnectionRegistry(int maxConnections) {
        this(maxConnections, ClientMemory.unbounded(), 0);
    }

    /**
     * @param memory where each connection takes its part
     * @param memoryForEach what a connection takes of the heap before anything is sent, in bytes
     */
    public ConnectionRegistry(int maxConnections, ClientMemory memory, int memoryForEach) {
        this.maxConnections = maxConnections;
        this.memory = memory;
        this.memoryForEach = memoryForEach;
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
        int before = taken.getAndIncrement();
        if (before >= maxConnections || isTooMuch(before)) {
            taken.decrementAndGet();
            return before >= maxConnections ? Availability.FULL : Availability.SHORT_OF_MEMORY;
        }
        memory.add(memoryForEach);
        return Availability.OPEN;
    }

    /** Gives a place back. */
    public void leave() {
        memory.add(-memoryForEach);
        taken.decrementAndGet();
    }

    /** Whether the heap has no room for one more, however many there may be. */
    public boolean shortOfMemory() {
        return isTooMuch(taken.get());
    }

    /**
     * Whether the heap has no room for one more than so many. What waits for clients has no say in it: who holds much is
     * ended, and shuts nobody out.
     */
    private boolean isTooMuch(int connections) {
        return (connections + 1L) * memoryForEach > memory.goal();
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
