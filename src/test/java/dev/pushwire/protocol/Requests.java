package dev.pushwire.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The opening handshake of RFC 6455, section 1.2, and what differs from it. */
final class Requests {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String method = "GET";
    private String httpVersion = "HTTP/1.1";

    private Requests() {
        headers.put("Host", List.of("server.example.com"));
        headers.put("Upgrade", List.of("websocket"));
        headers.put("Connection", List.of("Upgrade"));
        headers.put("Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ=="));
        headers.put("Sec-WebSocket-Version", List.of("13"));
    }

    static Requests sample() {
        return new Requests();
    }

    Requests method(String method) {
        this.method = method;
        return this;
    }

    Requests httpVersion(String httpVersion) {
        this.httpVersion = httpVersion;
        return this;
    }

    /** Has these lines of the header, instead of any before. */
    Requests with(String name, String... lines) {
        headers.put(name, List.of(lines));
        return this;
    }

    /**
     * Changes a header as a table says: {@code Name: value} replaces it, {@code +Name: value} adds a line to it, and
     * {@code -Name} takes it away.
     */
    Requests changed(String change) {
        if (change.startsWith("-")) {
            headers.remove(change.substring(1));
            return this;
        }
        boolean add = change.startsWith("+");
        String[] header = change.substring(add ? 1 : 0).split(":", 2);
        List<String> lines = new ArrayList<>(add ? headers.getOrDefault(header[0], List.of()) : List.of());
        lines.add(header[1].strip());
        headers.put(header[0], lines);
        return this;
    }

    HandshakeRequest build() {
        return new HandshakeRequest(
                method,
                httpVersion,
                name -> headers.getOrDefault(name, List.of()),
                false,
                List.of(new Authority("server.example.com", 0)));
    }
}
