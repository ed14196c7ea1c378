package dev.pushwire.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** One kind of load. {@link #run} is called on the main thread, and a connection's events on its loop's thread. */
abstract class Load {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final Context context;
    private final int outstanding;
    private final List<Connection> connections;
    private final Opening opening;

    /** @param outstanding how many messages of one connection may be unanswered at a time */
    Load(Context context, int outstanding) {
        this.context = context;
        this.outstanding = outstanding;
        List<Loop> loops = context.loops();
        this.connections = IntStream.range(0, context.job().shape().connections())
                .mapToObj(i -> new Connection(context, loops.get(i % loops.size()), this))
                .toList();
        this.opening = new Opening(connections, this::open);
    }

    /** Runs the load, until something fails. */
    abstract Measurement run() throws Exception;

    Context context() {
        return context;
    }

    List<Connection> connections() {
        return connections;
    }

    int outstanding() {
        return outstanding;
    }

    /** The number of the first message that a connection receives; -1 for any number. */
    long firstNumber() {
        return 0;
    }

    /** Opens a connection. */
    void open(Connection connection) {
        connection.open();
    }

    /** A connection is open. */
    void opened(Connection connection) {
        opening.opened();
    }

    /** Correct messages have come: {@code count} of them, the first with the number {@code first}. */
    abstract void received(Connection connection, long first, int count, long now);

    /** The server has sent a Close. */
    void closing(Connection connection, int code) {
        context.failures().add("the server closed a connection with " + code);
    }

    /** The TCP connection is gone. */
    void ended(Connection connection, String how) {
        context.failures().add("a connection ended: " + how);
    }

    /** Opens all connections. */
    final boolean openAll() throws InterruptedException {
        return opening.open(context.failures(), PATIENCE);
    }

    /** Whether the server declined the compression that the load is about. */
    final boolean isDeclined() {
        return context.job().shape().deflate() && context.extensions() == null;
    }

    /** Waits while the load runs, or until something fails. */
    final void letRun(double seconds) throws InterruptedException {
        context.failures().failsWithin(Duration.ofNanos((long) (seconds * 1e9)));
    }

    /** Waits until no messages are under way any more. If that takes too long, messages are lost. */
    final void drain(ToLongFunction<Connection> unanswered) throws Exception {
        long deadline = System.nanoTime() + DRAIN.toNanos();
        long missing = sum(unanswered);
        while (missing > 0 && !context.failures().any() && System.nanoTime() < deadline) {
            context.failures().failsWithin(Duration.ofMillis(10));
            missing = sum(unanswered);
        }
        if (missing > 0) {
            context.failures().add(missing + " messages did not come back");
        }
    }

    /** Sums a figure of all connections, each read on its loop's thread. */
    final long sum(ToLongFunction<Connection> what) throws Exception {
        List<CompletableFuture<Long>> parts = new ArrayList<>();
        for (Loop loop : context.loops()) {
            CompletableFuture<Long> part = new CompletableFuture<>();
            parts.add(part);
            loop.execute(() -> part.complete(connections.stream()
                    .filter(connection -> connection.loop() == loop)
                    .mapToLong(what)
                    .sum()));
        }
        long sum = 0;
        for (CompletableFuture<Long> part : parts) {
            sum += part.orTimeout(10, TimeUnit.SECONDS).get();
        }
        return sum;
    }

    /** The result of the run. The loops must have ended. */
    final Measurement report(Window window) {
        String error = context.failures().first();
        if (error != null) {
            return Measurement.failed(Measurement.Outcome.VOID, error);
        }
        if (isDeclined()) {
            return Measurement.failed(Measurement.Outcome.NOT_NEGOTIATED, null);
        }
        return window.report();
    }
}
