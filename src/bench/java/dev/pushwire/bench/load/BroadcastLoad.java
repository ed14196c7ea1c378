package dev.pushwire.bench.load;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One connection publishes, and all receive, the publisher included. A few messages are under way at a time: the next
 * is published when one has reached all consumers. Stuck consumers never read, and do not count. When the server gives
 * one up, another takes its place.
 */
final class BroadcastLoad extends Load {
    private static final int RING = 256; // more than are ever under way
    private static final Duration HEARTBEAT = Duration.ofMillis(250);
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(30);
    /** Small, so that messages for a stuck consumer wait in the server rather than in the kernel. */
    private static final int STUCK_RECEIVE_BUFFER = 4096;

    private final Connection publisher;
    private final Set<Connection> stuck = new HashSet<>();
    private final int receivers;
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger stuckDropped = new AtomicInteger();
    private final AtomicIntegerArray missing = new AtomicIntegerArray(RING);
    private volatile long firstCounted = Long.MAX_VALUE;
    private volatile boolean stopping;

    BroadcastLoad(Context context) {
        super(context, RING);
        List<Connection> all = connections();
        int stuckOnes = context.job().shape().stuck();
        for (int i = 1; i <= stuckOnes; i++) {
            stuck.add(all.get(i * all.size() / stuckOnes - 1));
        }
        this.publisher = all.getFirst();
        this.receivers = all.size() - stuckOnes;
    }

    @Override
    Measurement run() throws Exception {
        Window window = new Window(context());
        if (openAll() && !isDeclined() && allJoin()) {
            context().loops().forEach(this::keepHeartsBeating);
            publisher.loop().execute(this::begin);
            letRun(context().job().warmupSeconds());
            stuckDropped.set(0);
            window.open();
            letRun(context().job().seconds());
            window.close();
            stopping = true;
            drain(this::unanswered);
        }
        context().end();
        return report(window).withStuckDropped(stuckDropped.get());
    }

    /**
     * The answer to the handshake does not show that a connection has joined. So this publishes until each has received
     * a message.
     */
    private boolean allJoin() throws Exception {
        long deadline = System.nanoTime() + JOIN_PATIENCE.toNanos();
        while (joined.get() < receivers) {
            publisher.loop().execute(() -> publisher.send(1, System.nanoTime()));
            for (int i = 0; i < 50 && joined.get() < receivers; i++) {
                context().failures().failsWithin(Duration.ofMillis(10));
            }
            if (System.nanoTime() > deadline) {
                context().failures().add("only " + joined + " of " + receivers + " connections receive broadcasts");
            }
            if (context().failures().any()) {
                return false;
            }
        }
        drain(this::unanswered);
        return !context().failures().any();
    }

    private long unanswered(Connection connection) {
        // The publisher's own count is read by another loop at most a moment late: the caller asks again.
        return stuck.contains(connection) ? 0 : Math.max(0, publisher.nextNumber() - connection.nextAnswer());
    }

    private void begin() {
        firstCounted = publisher.nextNumber();
        publish(context().job().shape().inFlight());
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            missing.set((int) (publisher.nextNumber() + i) & (RING - 1), receivers);
        }
        publisher.send(count, System.nanoTime());
    }

    @Override
    long firstNumber() {
        return -1;
    }

    @Override
    void open(Connection connection) {
        if (stuck.contains(connection)) {
            connection.open(STUCK_RECEIVE_BUFFER);
        } else {
            connection.open();
        }
    }

    @Override
    void opened(Connection connection) {
        super.opened(connection);
        if (context().job().shape().isEnveloped()) {
            connection.subscribe();
        }
        if (stuck.contains(connection)) {
            connection.stopReading();
        }
    }

    @Override
    void received(Connection connection, long first, int count, long now) {
        if (connection.received() == count) {
            joined.incrementAndGet();
        }
        boolean measuring = context().isMeasuring();
        for (long number = first; number < first + count; number++) {
            if (number < firstCounted) {
                continue;
            }
            if (measuring) {
                connection.loop().tally().add(now - publisher.sendTimes().get(number), 1);
            }
            if (missing.decrementAndGet((int) number & (RING - 1)) == 0 && !stopping) {
                if (connection.loop() == publisher.loop()) {
                    publish(1);
                } else {
                    publisher.loop().execute(() -> publish(1));
                }
            }
        }
    }

    /**
     * Makes stuck consumers write now and then: a client that does not read notices only so that the server gave it up.
     */
    private void keepHeartsBeating(Loop loop) {
        List<Connection> mine =
                stuck.stream().filter(connection -> connection.loop() == loop).toList();
        long[] last = {System.nanoTime()};
        loop.eachPass(() -> {
            if (System.nanoTime() - last[0] > HEARTBEAT.toNanos()) {
                last[0] = System.nanoTime();
                mine.forEach(connection -> connection.pong(new byte[0]));
            }
        });
    }

    @Override
    void ended(Connection connection, String how) {
        if (stuck.contains(connection)) {
            stuckDropped.incrementAndGet();
            open(connection);
        } else {
            super.ended(connection, how);
        }
    }
}
