package com.example.orders;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket client, with what it received in a queue. */
final class Sockets implements WebSocket.Listener, AutoCloseable {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private WebSocket socket;

    static Sockets open(int port, String path, String user) {
        return open(HTTP, URI.create("ws://localhost:" + port + path), user);
    }

    static Sockets open(HttpClient client, URI address, String user) {
        Sockets opened = new Sockets();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (user != null) {
            builder.header("Authorization", basic(user));
        }
        if (address.getPath().contains("/orders/")) {
            builder.subprotocols("orders.v1");
        }
        opened.socket = builder.buildAsync(address, opened).join();
        return opened;
    }

    /** The status that the handshake was refused with. */
    static int refusal(int port, String path, String user) {
        try (Sockets opened = open(port, path, user)) {
            throw new AssertionError("not refused");
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        received.add(data.toString());
        from.request(1);
        return null;
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    String next() throws InterruptedException {
        return received.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
}
