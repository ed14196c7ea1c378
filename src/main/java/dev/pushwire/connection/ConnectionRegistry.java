package dev.pushwire.connection;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of connections, and its limits: a number, and what the connections take of the heap. A connection takes a
 * place while its handshake is answered, and gives it back when its socket is closed. Thread-safe.
 */
public final class ConnectionRegistry {
    private final int maxConnections;
    private final ClientMemory memory;
    private final int memoryForEach;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean draining;

    /** A registry without a limit to memory. */
    public ConnectionRegistry(int maxConnections) {
        this(maxConnections, ClientMemory.unbounded(), 0);
    }

    /**
     * @param memory the memory in which each connection takes its part
     * @param memoryForEach how much a connection takes of the heap before anything is sent, in bytes
     */
    public ConnectionRegistry(int maxConnections, ClientMemory memory, int memoryForEach) {
        this.maxConnections = maxConnections;
        this.memory = memory;
        this.memoryForEach = memoryForEach;
    }

    /**
     * Takes a place for a new connection.
     *
     * @return {@code OPEN} if it was taken; the caller then gives it back by {@link #leave}, whatever happens
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

    /** What {@link #enter} would say now. It takes no place. */
    public Availability availability() {
        if (draining) {
            return Availability.DRAINING;
        }
        int now = taken.get();
        if (now >= maxConnections) {
            return Availability.FULL;
        }
        return isTooMuch(now) ? Availability.SHORT_OF_MEMORY : Availability.OPEN;
    }

    /** Gives a place back. */
    public void leave() {
        memory.add(-memoryForEach);
        taken.decrementAndGet();
    }

    /** Whether the heap has no room for one more connection, whatever their number. */
    public boolean shortOfMemory() {
        return isTooMuch(taken.get());
    }

    /**
     * Whether the heap has no room for more connections than this. What waits for clients does not count: a connection
     * that holds much is ended, and does not keep others out.
     */
    private boolean isTooMuch(int connections) {
        return (connections + 1L) * memoryForEach > memory.goal();
    }

    /** How many places are taken now. */
    public int size() {
        return taken.get();
    }

    public int maxConnections() {
        return maxConnections;
    }

    /** From now on no places are given. */
    public void drain() {
        draining = true;
    }

    public boolean draining() {
        return draining;
    }
}
