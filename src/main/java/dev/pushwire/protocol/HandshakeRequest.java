package dev.pushwire.protocol;

import java.util.List;
import java.util.function.Function;

/**
 * The HTTP request that asks for a WebSocket (RFC 6455, section 4.1), as far as the answer depends on it.
 *
 * @param method as on the request line
 * @param httpVersion as on the request line: {@code HTTP/1.1}
 * @param headers gives all lines of a header, in order; empty for none
 * @param secure whether the client uses TLS, to this server or to a trusted proxy
 * @param addresses the addresses that the client may have named, by its Host header or by a trusted proxy
 */
public record HandshakeRequest(
        String method,
        String httpVersion,
        Function<String, List<String>> headers,
        boolean secure,
        List<Authority> addresses) {

    List<String> header(String name) {
        return headers.apply(name);
    }

    /**
     * Whether a request asks for a WebSocket: {@code websocket}, in any case, is among the protocols of its Upgrade header.
     * HTTP/2 has no such header (RFC 9113, section 8.6).
     *
     * @param upgrade all the lines of that header
     */
    public static boolean asksForWebSocket(String httpVersion, List<String> upgrade) {
        return httpVersion.startsWith("HTTP/1.") && HeaderGrammar.hasToken(upgrade, "websocket");
    }
}
