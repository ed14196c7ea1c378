package dev.pushwire.bench.ways;

import dev.pushwire.bench.load.Proc;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Measures what a thousand clients of one transport cost, at one message a minute and at ten a second. */
public final class Waste {
    public static final int CLIENTS = 1000;

    private static final long SECOND = 1_000_000_000;
    private static final int RARE_SECONDS = 60;
    private static final int OFTEN_SECONDS = 20;
    private static final int PER_SECOND = 10;
    private static final long PATIENCE_MILLIS = 30_000;

    private final long pid;
    private final Crowd crowd;
    private final Publisher publisher;

    private Waste(long pid, Crowd crowd, Publisher publisher) {
        this.pid = pid;
        this.crowd = crowd;
        this.publisher = publisher;
    }

    /**
     * The cost of a delivery.
     *
     * @param bytes bytes in both directions, without TCP and the layers below it
     * @param cpuMicros the CPU of the server
     */
    public record Cost(double bytes, double cpuMicros) {}

    /**
     * @param rare at one message a minute
     * @param often at ten a second
     * @param bare the bytes of a message
     */
    public record Result(String way, Cost rare, Cost often, int bare) {}

    /**
     * Measures one transport.
     *
     * @param pid the process of the server, which has done nothing yet
     * @param warmupSeconds how long ten messages a second are sent before anything is counted
     */
    public static Result of(Way way, long pid, int port, double warmupSeconds)
            throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(port, CLIENTS, way.client());
                Publisher publisher = new Publisher(port, Sending.byPost("/topics/bench"))) {
            Waste waste = new Waste(pid, crowd, publisher);
            publisher.publishUntilAllJoin(crowd);
            waste.run((int) Math.ceil(warmupSeconds), PER_SECOND);
            Cost often = waste.run(OFTEN_SECONDS, PER_SECOND);
            Cost rare = waste.run(RARE_SECONDS, 0);
            return new Result(way.key(), rare, often, Publisher.messageSize());
        }
    }

    /** @param perSecond messages per second; 0 for a single one in the middle */
    private Cost run(int seconds, int perSecond) throws IOException, InterruptedException {
        long deliveries = crowd.deliveries();
        long bytes = crowd.bytes();
        double cpu = Proc.cpu(pid).total();
        long begin = System.nanoTime();
        int count = perSecond == 0 ? 1 : seconds * perSecond;
        for (int i = 0; i < count; i++) {
            sleepUntil(begin + (2L * i + 1) * seconds * SECOND / (2L * count));
            publisher.publish();
        }
        sleepUntil(begin + seconds * SECOND);
        crowd.awaitDeliveries(deliveries, (long) count * crowd.size(), PATIENCE_MILLIS);
        double each = count * (double) crowd.size();
        return new Cost((crowd.bytes() - bytes) / each, (Proc.cpu(pid).total() - cpu) * 1e6 / each);
    }

    private static void sleepUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
