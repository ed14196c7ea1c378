package dev.pushwire.operations;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A client over the JDK's WebSocket, which records what it receives and when it ended. */
final class Client implements WebSocket.Listener {
    private final List<String> messages = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile long closedAt;
    private WebSocket socket;

    static Client connect(int port, String path) {
        Client client = new Client();
        client.socket = Service.HTTP
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + path), client)
                .join();
        return client;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            synchronized (messages) {
                messages.add(text.toString());
            }
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closedAt = System.nanoTime();
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closedAt = System.nanoTime();
        closed.completeExceptionally(error);
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    /** Closes the connection, and waits until the server has answered. */
    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        closeCode();
    }

    List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** The code of the server's Close; waits for it. */
    int closeCode() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** When it came, as {@link System#nanoTime} counts. */
    long closedAt() {
        return closedAt;
    }
}
