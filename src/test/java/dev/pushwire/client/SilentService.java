package dev.pushwire.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Answers one opening handshake, and never says or reads anything again. */
final class SilentService implements AutoCloseable {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

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
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            String key = head.toString().replaceAll("(?is).*sec-websocket-key: *(\\S+).*", "$1");
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            String reply = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Protocol: pushwire.v1.json\r\nSec-WebSocket-Accept: "
                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
            socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
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
