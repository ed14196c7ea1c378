package dev.pushwire.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Answers one opening handshake, and then neither sends nor reads anything. */
final class SilentService implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Socket> client = new CompletableFuture<>();

    SilentService() throws IOException {
        Thread.ofVirtual().start(this::answer);
    }

    URI push() {
        return URI.create("ws://localhost:" + listener.getLocalPort() + "/push");
    }

    void awaitClient() throws Exception {
        client.get(30, TimeUnit.SECONDS);
    }

    private void answer() {
        try {
            Socket socket = listener.accept();
            ServerHandshake.answer(socket);
            client.complete(socket);
        } catch (Exception e) {
            client.completeExceptionally(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (client.isDone() && !client.isCompletedExceptionally()) {
            client.join().close();
        }
    }
}
