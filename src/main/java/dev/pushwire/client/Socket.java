package dev.pushwire.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket, from its handshake to its end: it receives and sends lines in order. Thread-safe. */
final class Socket implements WebSocket.Listener {
    private static final int NO_STATUS = 1006;
    private static final int GOODBYE_SECONDS = 10;

    private final Owner owner;
    private final StringBuilder text = new StringBuilder(); // the part of a message that has come; one thread at a time
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null); // the last; guarded by this
    private volatile @Nullable WebSocket socket;
    private volatile long heardAt = System.nanoTime();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private boolean closing; // guarded by this

    /** Is told of the socket's events, by one thread at a time. */
    interface Owner {
        void opened(Socket socket);

        /** @param line one JSON object */
        void received(Socket socket, String line);

        /** The last call. */
        void ended(Socket socket, int code, String reason);
    }

    Socket(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void onOpen(WebSocket opened) {
        boolean tooLate;
        synchronized (this) {
            socket = opened;
            tooLate = closing;
        }
        if (tooLate) {
            close();
        } else {
            owner.opened(this);
        }
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heardAt = System.nanoTime();
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            message.lines()
                    .filter(line -> !line.isBlank())
                    .takeWhile(_ -> !isOver()) // the remaining lines come again over the next connection
                    .forEach(line -> owner.received(this, line));
        }
        from.request(1); // only now, so that the service sends no faster than listeners take messages
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        heardAt = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(NO_STATUS, String.valueOf(error.getMessage()));
    }

    /** The handshake failed. */
    void failed(Throwable cause) {
        end(NO_STATUS, RetryAfter.reason(cause));
    }

    /** Sends a text message after the earlier ones. */
    synchronized void send(String line) {
        WebSocket open = socket;
        if (open != null && !end.isDone()) {
            sent = sent.handle((before, failure) -> null).thenCompose(before -> open.sendText(line, true));
            var _ = sent.exceptionally(
                    failure -> { // the JDK may forget to tell the listener
                        Thread.startVirtualThread(
                                () -> abort(String.valueOf(failure.getMessage()))); // without the lock
                        return null;
                    });
        }
    }

    /** The time of the last arrival, as {@link System#nanoTime} counts. */
    long heardAt() {
        return heardAt;
    }

    /** Whether the connection is over. */
    boolean isOver() {
        return end.isDone();
    }

    /**
     * Closes the connection, or does so as soon as it is open. It does not wait long for a service that does not
     * answer.
     */
    synchronized void close() {
        closing = true;
        WebSocket open = socket;
        if (open != null && !end.isDone()) {
            sent = sent.handle((before, failure) -> null)
                    .thenCompose(before -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            var _ = end.copy().orTimeout(GOODBYE_SECONDS, TimeUnit.SECONDS).whenComplete((done, late) -> open.abort());
        }
    }

    /** Gives up a connection over which nothing arrives. */
    void abort() {
        abort("the service was silent for too long");
    }

    private void abort(String reason) {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end(NO_STATUS, reason);
    }

    private void end(int code, String reason) {
        if (end.complete(null)) {
            owner.ended(this, code, reason);
        }
    }
}
