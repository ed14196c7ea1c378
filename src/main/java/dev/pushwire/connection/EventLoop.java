package dev.pushwire.connection;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that runs many connections. It works in passes. A pass takes what is ready on the sockets, then the tasks
 * of other threads, then a turn of what groups were sent, then one write for each connection that has something to say,
 * and then the deadlines if they are due. Each step has a bound, so the loop soon looks at the sockets again, however
 * much there is to do.
 *
 * <p>All state of a connection belongs to its loop's thread; {@link #execute} is the only way in. Methods that hand out
 * state assert that the loop's thread calls them.
 */
public final class EventLoop implements Executor {
    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    private final String node;
    private final int index;
    private final Selector selector;
    private final Consumer<SelectionKey> onReady = this::ready;
    private final long sweepIntervalNanos;
    private final LoopTasks tasks;
    private final LoopBackpressure backpressure = new LoopBackpressure(this);
    private final LoopTraffic traffic = new LoopTraffic();
    private final LoopStatistics statistics = new LoopStatistics(System.nanoTime());
    private final PublishLatency publishLatency = new PublishLatency(System.nanoTime());
    private final Compressions compressions;
    private final LoopMemory memory;
    private final LoopConnections connections = new LoopConnections();
    private final LoopBuffers buffers = new LoopBuffers();
    private final Broadcasts broadcasts = new Broadcasts(this);

    private volatile @Nullable Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;
    private long now = System.nanoTime();
    private long nextSweep;

    EventLoop(
            String node, int index, Duration sweepInterval, CompressionSettings compression, ClientMemory clientMemory)
            throws IOException {
        this.memory = new LoopMemory(clientMemory);
        this.node = node;
        this.index = index;
        this.tasks = new LoopTasks(index);
        this.selector = Selector.open();
        this.compressions = new Compressions(compression, traffic.of(EndpointBinding.WEBSOCKET));
        this.sweepIntervalNanos = sweepInterval.toNanos();
        this.nextSweep = now + sweepIntervalNanos;
    }

    /** The name of the node, with which the ids of its connections begin. */
    String node() {
        return node;
    }

    /** The loop's place in its group, from 0. */
    public int index() {
        return index;
    }

    Selector selector() {
        return selector;
    }

    /** Limits the messages on their way to the loop's connections. */
    LoopBackpressure backpressure() {
        return backpressure;
    }

    /** The name of its thread. */
    public String name() {
        return "pushwire-loop-" + index;
    }

    /** The stack of the loop's thread at this moment. Any thread may ask. */
    public List<StackTraceElement> stackTrace() {
        Thread runs = thread;
        return runs == null ? List.of() : List.of(runs.getStackTrace());
    }

    /** The memory of the loop's connections. */
    LoopMemory memory() {
        assert inLoop();
        return memory;
    }

    /** Counts what went through this loop. */
    public LoopTraffic traffic() {
        return traffic;
    }

    /** Measures how the loop spends its time. */
    public LoopStatistics statistics() {
        return statistics;
    }

    /** Measures how long messages to groups take. */
    PublishLatency publishLatency() {
        return publishLatency;
    }

    /** How many connections the loop runs. Any thread may ask. */
    public int size() {
        return connections.size();
    }

    /** How many bytes of messages are on their way to its connections. Any thread may ask. */
    public long inflowBytes() {
        return backpressure.underWay();
    }

    /** Nanoseconds between two looks at the deadlines. */
    long sweepInterval() {
        return sweepIntervalNanos;
    }

    /** The start of this pass, as {@link System#nanoTime} counts. */
    long now() {
        return now;
    }

    /** The loop whose thread this is; null on any other thread. */
    static @Nullable EventLoop current() {
        return Thread.currentThread() instanceof LoopThread own ? own.loop() : null;
    }

    /**
     * The time, as {@link System#nanoTime} counts. On an event loop that has just asked the clock, this does not ask
     * again.
     */
    static long time() {
        EventLoop current = current();
        return current == null ? System.nanoTime() : current.now;
    }

    boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /**
     * Runs a task on the loop's thread. Tasks of one calling thread keep their order. It never runs the task right
     * here.
     */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!inLoop() && tasks.needWakeup()) { // the loop's own thread looks again anyway
            selector.wakeup();
        }
    }

    /**
     * Runs a task like {@link #execute}, unless the loop has ended.
     *
     * @return whether the task has run, or will; if not, it never will
     */
    boolean tryExecute(Runnable task) {
        execute(task);
        return tasks.willRun(task);
    }

    /** Runs a task right here on the loop's thread, and hands it over on any other. */
    void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Starts the loop's thread. */
    void start() {
        new LoopThread(this).start();
    }

    /**
     * Waits until the loop has run what was handed over before, for a second at most. Does not wait on a loop's thread.
     */
    void awaitPass() {
        if (current() != null) {
            return; // two loops could wait for each other for ever
        }
        CountDownLatch passed = new CountDownLatch(1);
        execute(passed::countDown);
        try {
            boolean _ = passed.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Runs one pass, and waits for something to do until the deadlines are due. The loop turns as long as a pass
     * succeeds now and then.
     */
    void turn() throws IOException {
        pass(Math.max(1, (nextSweep - System.nanoTime()) / 1_000_000));
        statistics.turned(System.nanoTime());
    }

    /** From now on the calling thread is the loop's. */
    void adoptCurrentThread() {
        thread = Thread.currentThread();
    }

    /** Runs one pass, and waits at most {@code timeoutMillis} for something to do. */
    void pass(long timeoutMillis) throws IOException {
        assert inLoop();
        if (isDone()) {
            selector.select(onReady, timeoutMillis);
        } else {
            statistics.goesOn();
            selector.selectNow(onReady);
        }
        now = System.nanoTime();
        statistics.woke(now);
        tasks.run();
        broadcasts.turn();
        connections.flush();
        memory.relieveIfShort(this);
        publishLatency.flushed(now);
        if (now - nextSweep >= 0) {
            sweep();
        }
    }

    /** Whether there is nothing to do unless a socket brings something. */
    boolean isDone() {
        return tasks.isEmpty() && broadcasts.isIdle() && connections.allFlushed();
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        if (connection == null) {
            abandon(key);
            return;
        }
        now = System.nanoTime();
        statistics.woke(now);
        try {
            if (key.isValid() && key.isReadable()) { // another connection's message may have ended this one
                connection.readable();
                memory.relieveIfShort(this);
            }
            if (key.isValid() && key.isWritable()) {
                connection.writable();
            }
        } catch (Throwable t) {
            connection.fail(t);
        }
    }

    /** Closes a socket without a connection, since it would be ready in every pass. */
    private void abandon(SelectionKey key) {
        log.error("Event loop {} has a socket without a connection, and closes it", index);
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            log.debug("Closing a socket failed", e);
        }
    }

    private void sweep() {
        nextSweep = now + sweepIntervalNanos;
        connections.sweep(now);
        memory.sweep(this);
        connections.flush();
        statistics.lookInto(connections.all());
    }

    /** The connections of the loop. For its own thread. */
    LoopConnections connections() {
        assert inLoop();
        return connections;
    }

    /** The broadcasts that members of groups on this loop have not got yet. */
    Broadcasts broadcasts() {
        assert inLoop();
        return broadcasts;
    }

    LoopBuffers buffers() {
        assert inLoop();
        return buffers;
    }

    Compressions compressions() {
        assert inLoop();
        return compressions;
    }

    /** Asks the loop to end. Any thread may call it. Connections that are still open are closed without a Close. */
    void stop() {
        stopping = true;
        selector.wakeup();
    }

    /** @return whether the loop has ended */
    boolean awaitStopped(Duration patience) throws InterruptedException {
        return stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The last step of the loop's thread. */
    void shutDown() {
        try {
            endConnections();
            tasks.end();
            endConnections(); // also those that were opened just before the queue ended
            compressions.close();
            selector.close();
        } catch (Throwable t) {
            log.error("Event loop {} could not clean up when it ended", index, t);
        } finally {
            stopped.countDown();
        }
    }

    private void endConnections() {
        do {
            for (Connection connection : List.copyOf(connections.all())) {
                connection.end(new Ending.TransportFailed(new ClosedSelectorException()));
            }
            tasks.run(); // the last tasks tell the endpoints
        } while (connections.size() > 0 || !tasks.isEmpty());
    }
}
