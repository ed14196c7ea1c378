package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.Framing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * An event loop whose thread is the test's own. It runs only when the test says so, and checks no deadlines by itself.
 */
final class TestLoop implements AutoCloseable {
    static final CompressionSettings COMPRESSION = new CompressionSettings(100, 6);

    private static final Runnable NOTHING = () -> {};
    private static final int ENDLESS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EventLoop loop;
    private final ClientMemory memory;
    private final List<TestConnection> connections = new ArrayList<>();

    TestLoop() {
        this(0);
    }

    TestLoop(int index) {
        this(index, Duration.ofDays(1));
    }

    TestLoop(int index, Duration sweepInterval) {
        this(index, sweepInterval, ClientMemory.unbounded());
    }

    /** A loop of a node whose connections have a limit to memory. */
    TestLoop(ClientMemory memory) {
        this(0, Duration.ofDays(1), memory);
    }

    private TestLoop(int index, Duration sweepInterval, ClientMemory memory) {
        this.memory = memory;
        try {
            loop = new EventLoop("node", index, sweepInterval, COMPRESSION, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        loop.adoptCurrentThread();
    }

    EventLoop loop() {
        return loop;
    }

    TestConnection connection() {
        return connection(Execution.EVENT_LOOP);
    }

    TestConnection connection(Execution execution) {
        return connection(execution, TestConnection.LIMITS);
    }

    TestConnection connection(Execution execution, Limits limits) {
        return connection(execution, limits, TestConnection.PEER);
    }

    TestConnection connection(Execution execution, Limits limits, HandshakeInfo peer) {
        TestConnection connection = new TestConnection(this, execution, limits, peer);
        connections.add(connection);
        return connection;
    }

    /** A connection that may send this many messages in a second. */
    TestConnection connection(Execution execution, int messagesPerSecond) {
        TestConnection connection =
                new TestConnection(this, execution, TestConnection.LIMITS, TestConnection.PEER, messagesPerSecond);
        connections.add(connection);
        return connection;
    }

    TestConnection stream(StreamFormat format, Framing framing) {
        return stream(format, framing, Execution.EVENT_LOOP);
    }

    TestConnection stream(StreamFormat format, Framing framing, Execution execution) {
        HandshakeInfo peer = new HandshakeInfo(AccessLease.lasting(null), null, null, Map.of(), null, framing);
        TestConnection connection = new TestConnection(this, execution, TestConnection.LIMITS, peer, 0, format);
        connections.add(connection);
        return connection;
    }

    /** Bytes that are held for its connections. */
    long held() {
        loop.memory().sweep(loop);
        return memory.held();
    }

    /** One pass: what is ready on each transport, the tasks, and a write for each connection that has something to say. */
    void pass() {
        connections.forEach(TestConnection::reportReady);
        passWithoutSelecting();
    }

    /** The rest of a pass, in which the selector found nothing. */
    void passWithoutSelecting() {
        loop.execute(NOTHING); // so that it does not wait for more
        pass(1);
    }

    private void pass(long timeoutMillis) {
        try {
            loop.pass(timeoutMillis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs until nothing is left to do. A loop that is never done is an error, for example with a forgotten interest.
     */
    void settle() {
        for (int passes = 0; passes < ENDLESS; passes++) {
            pass();
            if (isDone()) {
                pass(); // for the tasks that the end of the last one left
                if (isDone()) {
                    return;
                }
            }
        }
        throw new AssertionError("The loop spins: " + connections);
    }

    private boolean isDone() {
        return loop.isDone() && connections.stream().noneMatch(TestConnection::isReady);
    }

    /** Goes on until other threads have done their part. */
    void passUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("waited too long").isNegative();
            connections.forEach(TestConnection::reportReady);
            pass(5);
        }
        settle();
    }

    /** Checks what every connection must leave behind. */
    @Override
    public void close() throws IOException {
        settle();
        connections.forEach(TestConnection::assertAccounted);
        assertThat(loop.size())
                .isEqualTo(connections.stream().filter(TestConnection::isInLoop).count());
        if (connections.stream().allMatch(TestConnection::holdsNothing)) {
            assertThat(held()).as("bytes held for connections that are over").isZero();
        }
        loop.selector().close();
    }
}
