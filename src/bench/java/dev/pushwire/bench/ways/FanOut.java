package dev.pushwire.bench.ways;

import dev.pushwire.bench.load.Proc;
import dev.pushwire.bench.load.ServerMemory;
import java.io.IOException;

/**
 * What a delivery to a thousand clients costs a server, and what an idle client takes of its memory. One message is under way at a time, so
 * that none shares a write with another: how many would do so depends on how fast the clients read.
 */
public final class FanOut {
    private static final int CLIENTS = 1000;
    private static final int IDLE = 2000;
    private static final long PATIENCE_MILLIS = 30_000;

    private FanOut() {}

    /**
     * @param cpuMicros of the server, for each delivery
     * @param heapEach bytes that are live for an idle client; 0 for a server that has no such heap
     * @param ramEach bytes of the process
     */
    public record Result(String contender, double cpuMicros, double heapEach, double ramEach) {}

    /**
     * Measures one server.
     *
     * @param hasHeap whether it can be asked how much of its memory is live
     */
    public static Result of(
            String name,
            long pid,
            int port,
            boolean hasHeap,
            Client client,
            Sending sending,
            double warmup,
            double seconds)
            throws IOException, InterruptedException {
        double cpuMicros;
        try (Crowd crowd = new Crowd(port, CLIENTS, client);
                Publisher publisher = new Publisher(port, sending)) {
            publisher.publishUntilAllJoin(crowd);
            run(crowd, publisher, warmup);
            double cpu = Proc.cpu(pid).total();
            long deliveries = run(crowd, publisher, seconds);
            cpuMicros = (Proc.cpu(pid).total() - cpu) * 1e6 / deliveries;
        }
        Thread.sleep(3000); // until it knows that they are gone
        ServerMemory before = memory(pid, port, hasHeap);
        try (Crowd crowd = new Crowd(port, IDLE, client);
                Publisher publisher = new Publisher(port, sending)) {
            publisher.publishUntilAllJoin(crowd);
            ServerMemory after = memory(pid, port, hasHeap);
            return new Result(
                    name,
                    cpuMicros,
                    (double) (after.heap() - before.heap()) / IDLE,
                    (double) (after.rss() - before.rss()) / IDLE);
        }
    }

    private static ServerMemory memory(long pid, int port, boolean hasHeap) throws IOException, InterruptedException {
        return hasHeap ? ServerMemory.of(pid, port) : new ServerMemory(0, Proc.rss(pid));
    }

    /** Publishes the next message when the one before it is with everybody; returns the deliveries. */
    private static long run(Crowd crowd, Publisher publisher, double seconds) throws IOException, InterruptedException {
        long before = crowd.deliveries();
        long until = System.nanoTime() + (long) (seconds * 1e9);
        long published = 0;
        while (System.nanoTime() < until) {
            publisher.publish();
            published++;
            crowd.awaitDeliveries(before, published * CLIENTS, PATIENCE_MILLIS);
        }
        return published * CLIENTS;
    }
}
