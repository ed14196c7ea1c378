package dev.pushwire.bench.ways;

import dev.pushwire.bench.load.Proc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what publishing by HTTP costs a server: small messages, over connections that are kept, to a topic without
 * subscribers.
 */
public final class Posts implements AutoCloseable {
    public static final int FIRST = 1000;
    public static final int CONNECTIONS = 4;
    public static final int PER_SECOND = 1000;

    private static final int AT_ONCE = 0;
    private static final int UNTIL_WARM = 200_000; // requests, after which the JIT has compiled their code
    private static final String MESSAGE = "x".repeat(128);

    private final long pid;
    private final List<Wire> wires = new ArrayList<>();
    private final List<Sending.Sender> senders = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    /**
     * Server CPU for each request, in microseconds.
     *
     * @param first for the first {@link #FIRST}, one after the other
     * @param paced at {@link #PER_SECOND}, over all connections, on a warm server
     * @param closed if each connection sends its next request as soon as the one before is answered
     */
    public record Result(String server, double first, double paced, double closed) {}

    private Posts(long pid, int port, Sending sending) throws IOException {
        this.pid = pid;
        for (int i = 0; i < CONNECTIONS; i++) {
            Wire wire = new Wire(port, new LongAdder());
            wires.add(wire);
            senders.add(sending.over(wire));
        }
    }

    /**
     * Measures one server.
     *
     * @param pid the process of the server, which has done nothing yet
     * @param warmup seconds of requests at {@link #PER_SECOND}, after those that warm it up, before any but the first
     *     requests count
     */
    public static Result of(String server, long pid, int port, Sending sending, double warmup, double seconds)
            throws IOException, InterruptedException {
        try (Posts posts = new Posts(pid, port, sending)) {
            double first = posts.first();
            posts.warm();
            posts.run(warmup, PER_SECOND);
            double paced = posts.run(seconds, PER_SECOND);
            return new Result(server, first, paced, posts.run(seconds, AT_ONCE));
        }
    }

    private double first() throws IOException {
        double before = Proc.cpu(pid).total();
        for (int i = 0; i < FIRST; i++) {
            senders.getFirst().send(MESSAGE);
        }
        return (Proc.cpu(pid).total() - before) * 1e6 / FIRST;
    }

    private void warm() throws IOException, InterruptedException {
        for (long requests = 0; requests < UNTIL_WARM; ) {
            requests += sendFromAll(1, AT_ONCE);
        }
    }

    private double run(double seconds, int perSecond) throws IOException, InterruptedException {
        double before = Proc.cpu(pid).total();
        long requests = sendFromAll(seconds, perSecond);
        return (Proc.cpu(pid).total() - before) * 1e6 / requests;
    }

    /** Sends from all connections. Returns how many requests were sent. */
    private long sendFromAll(double seconds, int perSecond) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Sending.Sender sender = senders.get(i);
            long offset = perSecond == AT_ONCE ? 0 : i * 1_000_000_000L / perSecond;
            tasks.add(() -> send(sender, start + offset, end, perSecond));
        }
        long requests = 0;
        for (Future<Long> done : threads.invokeAll(tasks)) {
            try {
                requests += done.get();
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        return requests;
    }

    private static long send(Sending.Sender sender, long start, long end, int perSecond) throws IOException {
        long between = perSecond == AT_ONCE ? 0 : CONNECTIONS * 1_000_000_000L / perSecond;
        long count = 0;
        for (long due = start; System.nanoTime() < end && due < end; due += between) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sender.send(MESSAGE);
            count++;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        for (Wire wire : wires) {
            wire.close();
        }
    }
}
