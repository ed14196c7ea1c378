package dev.pushwire.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One thread of the client, with its share of the connections. */
final class Loop extends Thread {
    private static final int BUFFER_SIZE = 512 * 1024;
    private static final int LONGEST_WAIT_MILLIS = 100;

    private final Context context;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_SIZE);
    private final MemorySegment inSegment = MemorySegment.ofBuffer(in);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_SIZE);
    private final Tally tally = new Tally();
    private final Inflation.Shared inflation;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile Runnable eachPass = () -> {};
    private volatile boolean stopped;
    private long now = System.nanoTime();

    Loop(Context context, int index) {
        super("load-" + index);
        this.context = context;
        this.inflation = new Inflation.Shared(context.messages().size());
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        setDaemon(true);
    }

    /** The buffer for every read. */
    ByteBuffer in() {
        return in;
    }

    /** The whole of {@link #in}. */
    MemorySegment inSegment() {
        return inSegment;
    }

    /** The buffer in which frames are gathered for one write. */
    ByteBuffer out() {
        return out;
    }

    Tally tally() {
        return tally;
    }

    Inflation.Shared inflation() {
        return inflation;
    }

    /** The time of the latest read. */
    long now() {
        return now;
    }

    void lookAtClock() {
        now = System.nanoTime();
    }

    SelectionKey register(SocketChannel channel, int interest, Connection connection) throws IOException {
        return channel.register(selector, interest, connection);
    }

    /** Runs a task on the loop. Any thread may call it. */
    void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != this) {
            selector.wakeup();
        }
    }

    /** Runs a task in every pass of the loop from now on. */
    void eachPass(Runnable task) {
        eachPass = task;
    }

    void wakeUp() {
        selector.wakeup();
    }

    void end() {
        stopped = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                if (tasks.isEmpty()) {
                    selector.select(Loop::ready, LONGEST_WAIT_MILLIS);
                } else {
                    selector.selectNow(Loop::ready);
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                eachPass.run();
            }
        } catch (IOException | RuntimeException | Error e) {
            context.failures().add("the load client failed: " + e);
        }
    }

    private static void ready(SelectionKey key) {
        ((Connection) key.attachment()).ready();
    }
}
