package dev.pushwire.protocol;

import java.util.List;
import java.util.function.Function;

/**
 * The HTTP request that asks for a WebSocket (RFC 6455, section 4.1), as far as the answer depends on it.
 *
 * @param method as on the request line
 * @param httpVersion as on the request line: {@code HTTP/1.1}
 * @param headers all the lines of the header of that name, in order; empty for none
 * @param secure whether the client speaks TLS, to us or to a proxy whose word is trusted
 * @param host the host that the client addressed, without port
 * @param port the port that the client addressed
 */
public record HandshakeRequest(
        String method,
        String httpVersion,
        Function<String, List<String>> headers,
        boolean secure,
        String host,
        int port) {

    List<String> header(String name) {
        return headers.apply(name);
    }

    /** Whether {@code websocket}, in any case, is among the protocols of the Upgrade header. */
    public boolean asksForWebSocket() {
        return HeaderGrammar.hasToken(header("Upgrade"), "websocket");
    }
}
