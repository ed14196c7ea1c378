package dev.pushwire.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The text of an opening handshake: a correct one, and whatever a test changes in it. Immutable. */
public record HandshakeText(String requestLine, List<String> headers) {
    /** The example of RFC 6455, section 1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    public static HandshakeText of(String path) {
        return new HandshakeText(
                "GET " + path + " HTTP/1.1",
                List.of(
                        "Host: localhost",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: " + KEY,
                        "Sec-WebSocket-Version: 13"));
    }

    public HandshakeText requestLine(String line) {
        return new HandshakeText(line, headers);
    }

    /** One more line, whether there is one of that name or not. */
    public HandshakeText and(String... lines) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of(lines));
        return new HandshakeText(requestLine, more);
    }

    public HandshakeText without(String name) {
        List<String> fewer = new ArrayList<>(headers);
        fewer.removeIf(line -> line.startsWith(name + ":"));
        return new HandshakeText(requestLine, fewer);
    }

    /** This line in place of all that have its name. */
    public HandshakeText with(String line) {
        return without(line.substring(0, line.indexOf(':'))).and(line);
    }

    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return requestLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }
}
