package dev.pushwire.bench.ways;

import dev.pushwire.bench.load.Proc;
import dev.pushwire.bench.load.ServerMemory;
import java.io.IOException;

/**
 * Measures what a delivery to a thousand clients costs a server, and how much memory an idle client takes. One message
 * is under way at a time, so that no two share a write: how many would do so depends on how fast the clients read.
 */
public final class FanOut {
    private static final int CLIENTS = 1000;
    private static final int IDLE = 2000;
    private static final long PATIENCE_MILLIS = 30_000;

    private FanOut() {}

    /**
     * @param cpuMicros the server's CPU for each delivery
     * @param heapEach live bytes of an idle client; 0 for a server without such a heap
     * @param ramEach bytes of RAM of an idle client
     */
    public record Result(String contender, double cpuMicros, double heapEach, double ramEach) {}

    /**
     * Measures one server.
     *
     * @param hasHeap whether it can tell how much of its heap is live
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
        Thread.sleep(3000); // so that the server knows that the clients are gone
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

    /** Publishes the next message when all clients have the one before. Returns the number of deliveries. */
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
