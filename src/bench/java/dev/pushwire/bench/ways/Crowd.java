package dev.pushwire.bench.ways;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Many clients of one server, all with the same transport. If one gets a wrong answer, or its connection ends, the run
 * fails.
 */
final class Crowd implements AutoCloseable {
    private static final int OPENING_AT_A_TIME = 64;

    private final int size;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final Queue<Wire> wires = new ConcurrentLinkedQueue<>();
    private final Semaphore opening = new Semaphore(OPENING_AT_A_TIME);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    Crowd(int port, int size, Client client) {
        this.size = size;
        for (int i = 0; i < size; i++) {
            Thread.ofVirtual().start(() -> run(port, client));
        }
    }

    private void run(int port, Client client) {
        try (Wire wire = open(port)) {
            client.run(wire, new Inbox(deliveries));
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (!closed) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private Wire open(int port) throws IOException, InterruptedException {
        opening.acquire();
        try {
            Wire wire = new Wire(port, bytes);
            wires.add(wire);
            return wire;
        } finally {
            opening.release();
        }
    }

    /** How many bytes have gone over all connections so far, in both directions. */
    long bytes() {
        return bytes.sum();
    }

    /** How many messages all clients together have got so far. */
    long deliveries() {
        return deliveries.sum();
    }

    int size() {
        return size;
    }

    void checkAlive() throws IOException {
        Throwable first = failure.get();
        if (first != null) {
            throw new IOException("A client failed", first);
        }
    }

    /** Waits until this many messages have come since {@code before}. */
    void awaitDeliveries(long before, long count, long patienceMillis) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patienceMillis * 1_000_000;
        while (deliveries() - before < count) {
            checkAlive();
            if (System.nanoTime() > deadline) {
                throw new IOException("Only " + (deliveries() - before) + " of " + count + " messages came");
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Wire wire : wires) {
            wire.close();
        }
    }
}
