package dev.pushwire.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An opening handshake byte by byte, for what a proper client would not send, and for a client that does not read. */
final class RawHandshake {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method = "GET";

    RawHandshake() {
        with("Host", "localhost");
        with("Connection", "Upgrade");
        with("Upgrade", "websocket");
        with("Sec-WebSocket-Version", "13");
        with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    RawHandshake with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    RawHandshake method(String other) {
        method = other;
        return this;
    }

    /** The whole of an answer that refuses; for one that does not, use {@link #open}. */
    String refusedBy(int port, String path) {
        with("Connection", headers.get("Connection") + ", close");
        try (Socket socket = open(port, path)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it, and reads nothing. */
    Socket open(int port, String path) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("localhost", port));
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
