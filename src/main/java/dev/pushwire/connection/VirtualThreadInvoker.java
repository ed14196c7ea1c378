package dev.pushwire.connection;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.spi.AsyncEndpoint;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls the endpoint on a virtual thread that lives as long as calls wait: one after the other, in order. Callbacks may
 * block. Messages are copied. Beyond a bound the connection stops reading. An {@link AsyncEndpoint} may do a text
 * without a thread, which then counts as a call that waits.
 */
final class VirtualThreadInvoker implements EndpointInvoker {
    private static final int MAX_CALLS = 64;
    private static final long MAX_BYTES = 64 * 1024;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The memory of a call besides its message, in bytes. */
    private static final int CALL_SIZE = 256;
    /** The memory of the thread while it waits, with the connection that it may outlive, in bytes. */
    private static final int THREAD_SIZE = 4096;

    private final Connection connection;
    private final Executor threads;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean fellBehind;
    private boolean failed; // only the call that is under way touches it

    VirtualThreadInvoker(Connection connection) {
        this(
                connection,
                task -> Thread.ofVirtual()
                        .name("pushwire-endpoint-" + connection.session().id())
                        .start(task));
    }

    VirtualThreadInvoker(Connection connection, Executor threads) {
        this.connection = connection;
        this.threads = threads;
    }

    private record Call(int bytes, Kind kind, Action action) {
        boolean isLast() {
            return kind == Kind.LAST;
        }
    }

    private enum Kind {
        ORDINARY,
        /** A mark in the queue, which does not call the endpoint. */
        MARK,
        LAST
    }

    private interface Action {
        void run() throws Exception;
    }

    @Override
    public void open(Handshake handshake) {
        submit(new Call(0, Kind.ORDINARY, () -> endpoint().onOpen(connection.session(), handshake)));
    }

    @Override
    public void text(ByteBuffer payload) {
        if (endpoint() instanceof AsyncEndpoint async && waiting.get() == 0 && !failed && beginsHere(async, payload)) {
            return;
        }
        ByteBuffer copy = copy(payload);
        submit(new Call(copy.remaining(), Kind.ORDINARY, () -> {
            ReceivedText text = new ReceivedText();
            text.show(copy);
            endpoint().onText(connection.session(), text);
        }));
    }

    /** @return whether the endpoint has taken the text, so that no thread need call it */
    private boolean beginsHere(AsyncEndpoint endpoint, ByteBuffer payload) {
        ReceivedText text = connection.loop().buffers().text();
        text.show(payload);
        CompletableFuture<Void> done;
        try {
            done = endpoint.onTextAsync(connection.session(), text);
        } catch (Throwable t) {
            done = CompletableFuture.failedFuture(t);
        } finally {
            text.show(null);
        }
        if (done == null) {
            return false;
        }
        int bytes = payload.remaining();
        waitingBytes.addAndGet(bytes);
        waiting.incrementAndGet();
        CompletableFuture<Void> _ = done.whenComplete((_, failure) -> ended(bytes, failure));
        return true;
    }

    /** The endpoint is done with a text that it began with on the loop. Runs on any thread, and does not wait. */
    private void ended(int bytes, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                failed = true;
                connection.end(new Ending.AppFailed(failure));
            }
        } finally {
            waitingBytes.addAndGet(-bytes);
            int left = waiting.decrementAndGet();
            askForMore();
            if (left > 0) {
                try {
                    threads.execute(this::runCalls);
                } catch (Throwable t) {
                    connection.loop().execute(() -> giveUpCalls(t));
                }
            }
        }
    }

    /** No thread can be had. For the loop, while no call is under way. */
    private void giveUpCalls(Throwable cause) {
        clear();
        connection.fail(cause);
    }

    private void clear() {
        calls.clear();
        waitingBytes.set(0);
        waiting.set(0);
    }

    @Override
    public void binary(ByteBuffer payload) {
        ByteBuffer copy = copy(payload);
        submit(new Call(
                copy.remaining(),
                Kind.ORDINARY,
                () -> endpoint().onBinary(connection.session(), copy.asReadOnlyBuffer())));
    }

    @Override
    public void behindCalls(Runnable what) {
        submit(new Call(0, Kind.MARK, what::run));
    }

    @Override
    public void close(CloseStatus status) {
        submit(new Call(0, Kind.LAST, () -> endpoint().onClose(connection.session(), status)));
    }

    @Override
    public boolean keepsUp() {
        if (hasRoom(1)) {
            return true;
        }
        fellBehind = true;
        return hasRoom(1); // the thread may just have caught up without seeing fellBehind
    }

    @Override
    public long memory() {
        int calls = waiting.get();
        return calls == 0 ? 0 : waitingBytes.get() + (long) calls * CALL_SIZE + THREAD_SIZE;
    }

    /** @param share how much of the bounds must be free: 1 for any room at all, 2 for half */
    private boolean hasRoom(int share) {
        return waiting.get() < MAX_CALLS / share && waitingBytes.get() < MAX_BYTES / share;
    }

    private void submit(Call call) {
        calls.add(call);
        waitingBytes.addAndGet(call.bytes);
        if (waiting.getAndIncrement() == 0) {
            try {
                threads.execute(this::runCalls);
            } catch (Throwable t) { // nobody else is here now
                clear();
                throw t;
            }
        }
    }

    private void runCalls() {
        int left;
        do {
            Call call = Objects.requireNonNull(calls.poll());
            run(call);
            waitingBytes.addAndGet(-call.bytes);
            left = waiting.decrementAndGet();
            askForMore();
            if (call.isLast()) {
                connection.loop().execute(() -> Holdings.account(connection)); // a closed connection is not swept
            }
        } while (left > 0);
    }

    private void askForMore() {
        if (fellBehind && hasRoom(2)) {
            fellBehind = false;
            try {
                connection.loop().execute(connection::resume);
            } catch (Throwable t) {
                // The connection resumes by itself at its next sweep.
            }
        }
    }

    private void run(Call call) {
        if (failed && call.kind == Kind.ORDINARY) {
            return; // after a callback that threw, only onClose is called
        }
        try {
            call.action.run();
        } catch (Throwable t) {
            failed = true;
            tell(call, t);
        }
    }

    /** Ends the connection. Nothing else does so here, so it tries until there is memory for it. */
    private void tell(Call call, Throwable cause) {
        while (true) {
            try {
                if (call.isLast()) {
                    EndingLog.endpointFailed(connection, cause);
                } else {
                    connection.end(new Ending.AppFailed(cause));
                }
                return;
            } catch (Throwable t) {
                if (call.isLast() || !connection.isOpen()) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static ByteBuffer copy(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        return ByteBuffer.wrap(bytes);
    }

    private Endpoint endpoint() {
        return connection.binding().endpoint();
    }
}
