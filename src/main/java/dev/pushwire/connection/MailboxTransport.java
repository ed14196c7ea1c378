package dev.pushwire.connection;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The transport of a connection whose peer collects its messages, as in long polling. Messages wait in the outbox,
 * bounded as everywhere, until a collector takes them. A peer that stays away for too long counts as gone.
 *
 * <p>Batches are numbered from 1. The last one is kept until it is acknowledged. So a collector whose batch got lost
 * gets the same batch again.
 *
 * <p>Belongs to the loop's thread, except {@link #collect} and {@link #close}.
 */
public final class MailboxTransport extends LoopTransport implements Closeable {
    private static final byte[] NO_BYTES = {};
    private static final Collected NOTHING = new Collected.Nothing();
    private static final Collected OVERTAKEN = new Collected.Overtaken();
    private static final Collected UNKNOWN = new Collected.Unknown();
    private static final Collected ENDED = new Collected.Ended();

    private final String remoteAddress;
    private final long patience;
    private final Runnable onClose;
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private @Nullable Collector collector; // null while no collector waits
    private long number; // of the last batch
    private byte @Nullable [] kept; // the last batch; null once it is acknowledged
    private boolean taken = true; // whether the last batch went to a collector that still wanted it
    private long lastSeen; // when the peer was last here
    private boolean handsOver; // whether a task that hands over is on its way
    private boolean closed;

    private record Collector(CompletableFuture<Collected> answer, int most, long until) {}

    /**
     * @param remoteAddress the peer's IP address
     * @param patience how long the peer may stay away after an answer; checked a few times a second
     * @param onClose is told once nothing is left to collect, not even the session's last message. It is called on the
     *     event loop, or on any thread if there was no connection, and must neither wait nor throw
     */
    public MailboxTransport(String remoteAddress, Duration patience, Runnable onClose) {
        this.remoteAddress = remoteAddress;
        this.patience = patience.toNanos();
        this.onClose = onClose;
    }

    /**
     * Collects what waits, or the next message that comes. One collector waits at a time: a new one ends the wait of
     * the other. A caller that no longer wants the result cancels it. A batch that was not taken goes to the next
     * collector.
     *
     * @param most how many bytes a batch has at most, unless its first message is larger
     * @param wait how long to wait at most; checked a few times a second
     * @return completes on an event loop, so what depends on it must not wait
     */
    public CompletableFuture<Collected> collect(int most, Duration wait) {
        return collect(() -> taken ? number : number - 1, most, wait);
    }

    /**
     * Collects like the other method, for a peer that acknowledges what it has received.
     *
     * @param acknowledged the number of the last batch that the peer has received; if that is the one before the last,
     *     it gets the last again
     */
    public CompletableFuture<Collected> collect(long acknowledged, int most, Duration wait) {
        return collect(() -> acknowledged, most, wait);
    }

    private CompletableFuture<Collected> collect(LongSupplier acknowledged, int most, Duration wait) {
        CompletableFuture<Collected> answer = new CompletableFuture<>();
        CompletableFuture<?> _ = opened.whenComplete((connection, failure) -> {
            boolean isRun = connection != null
                    && connection
                            .loop()
                            .tryExecute(() -> connection.attempt(() -> {
                                long until = connection.loop().now() + wait.toNanos();
                                begin(connection, acknowledged.getAsLong(), new Collector(answer, most, until));
                            }));
            if (!isRun) {
                answer.complete(ENDED);
            }
        });
        return answer;
    }

    private void begin(Connection connection, long acknowledged, Collector next) {
        long now = connection.loop().now();
        answerCollector(OVERTAKEN);
        if (closed || !sweep(now)) {
            connection.end(new Ending.WentQuiet());
            next.answer.complete(ENDED);
            return;
        }
        lastSeen = now;
        if (acknowledged == number - 1 && kept != null) {
            taken = next.answer.complete(new Collected.Batch(kept));
        } else if (acknowledged == number) {
            kept = null;
            await(connection, next);
            if (next.until - now <= 0) {
                answerCollector(NOTHING);
            }
            Holdings.account(connection);
        } else {
            next.answer.complete(UNKNOWN);
        }
    }

    private void await(Connection connection, Collector next) {
        collector = next;
        CompletableFuture<?> _ = next.answer.whenComplete((answer, failure) -> {
            if (failure != null) {
                connection.loop().run(() -> leave(connection, next));
            }
        });
        handOver(connection);
    }

    private void leave(Connection connection, Collector who) {
        if (collector == who) {
            collector = null;
            lastSeen = connection.loop().now();
        }
    }

    /** Messages wait. The collector gets them in a task of its own, with all that come in the same pass. */
    void filled() {
        if (collector != null && !handsOver) {
            Connection connection = opened.join();
            handsOver = true;
            connection.later(() -> {
                handsOver = false;
                handOver(connection);
            });
        }
    }

    private void handOver(Connection connection) {
        Collector to = collector;
        byte[] batch =
                to == null || to.answer.isDone() ? NO_BYTES : connection.out().collect(to.most);
        if (to == null || batch.length == 0) {
            return;
        }
        collector = null;
        number++;
        kept = batch;
        lastSeen = connection.loop().now();
        taken = to.answer.complete(new Collected.Batch(batch));
        connection.flush();
    }

    /** Gives up the last batch if its collector no longer wanted it, since the session moves to another connection. */
    byte[] takeUntaken() {
        byte[] batch = kept == null || taken ? NO_BYTES : kept;
        kept = null;
        taken = true;
        return batch;
    }

    private void answerCollector(Collected with) {
        Collector who = collector;
        if (who != null) {
            collector = null;
            who.answer.complete(with);
        }
    }

    @Override
    public boolean sweep(long now) {
        if (collector != null && now - collector.until >= 0) {
            lastSeen = now;
            answerCollector(NOTHING);
        }
        return collector != null || now - lastSeen < patience;
    }

    @Override
    void reportTo(Connection connection) {
        lastSeen = connection.loop().now();
        opened.complete(connection);
    }

    @Override
    public int heldBytes() {
        byte[] batch = kept;
        return batch == null ? 0 : batch.length;
    }

    /** Everything was collected, and no collector is awaited. */
    @Override
    public void finishOutput() {
        Connection connection = opened.join();
        connection.later(connection::inputEnded);
    }

    /** Closes the mailbox. Called on the loop, or by any thread if there will be no connection. */
    @Override
    public void close() {
        if (!opened.cancel(false)) {
            closed = true;
            kept = null;
            answerCollector(ENDED);
        }
        onClose.run();
    }

    @Override
    public int read(ByteBuffer target) {
        return 0;
    }

    @Override
    public int write(ByteBuffer source) {
        return 0;
    }

    @Override
    public void wantRead(boolean want) {}

    @Override
    public void wantWrite(boolean want) {}

    @Override
    public boolean writesToSocket() {
        return false;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }
}
