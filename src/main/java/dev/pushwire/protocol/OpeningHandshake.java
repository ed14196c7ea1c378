package dev.pushwire.protocol;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.HeaderGrammar.Extension;
import dev.pushwire.protocol.HeaderGrammar.MalformedHeaderException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer to the opening handshake (RFC 6455, section 4.2), the whole reply as a value.
 *
 * <pre>
 * request                                                     answer
 * not GET                                                     405, Allow
 * below HTTP/1.1                                              400
 * Sec-WebSocket-Version without 13                            426, Sec-WebSocket-Version, Upgrade
 * no Connection: Upgrade; key missing, repeated or not        400
 *   base64 of 16 bytes; two lines of Origin, or of
 *   Authorization; a header that breaks its grammar; a body
 * Origin not allowed                                          403
 * draining, or as many connections as are allowed             503, Retry-After
 * anything else                                               101
 * subprotocols offered, none known                            101 without one
 * permessage-deflate offered, none that can be honoured       101 without it
 * </pre>
 */
public sealed interface OpeningHandshake {

    /** The status of the HTTP reply. */
    int status();

    /** The header lines of the HTTP reply. */
    Map<String, String> headers();

    /**
     * The answer 101: from now on both sides send frames.
     *
     * @param subprotocol the chosen subprotocol; null for none
     * @param compression the negotiated compression; null for none
     */
    record Accepted(
            Map<String, String> headers,
            @Nullable String subprotocol,
            @Nullable DeflateParameters compression) implements OpeningHandshake {
        @Override
        public int status() {
            return 101;
        }
    }

    /**
     * A refusal: the connection stays HTTP.
     *
     * @param reason one line for the person who wrote the client; it repeats nothing of the request
     */
    record Rejected(int status, Map<String, String> headers, String reason) implements OpeningHandshake {}

    /**
     * Decides on the answer; pure. {@link HandshakeRequest#asksForWebSocket asksForWebSocket} tells whether the request
     * asks for a WebSocket at all.
     */
    static OpeningHandshake answer(HandshakeRequest request, HandshakePolicy policy) {
        if (!request.method().equals("GET")) {
            return new Rejected(405, Map.of("Allow", "GET"), "A WebSocket handshake is a GET request.");
        }
        if (request.httpVersion().equals("HTTP/1.0") || request.httpVersion().equals("HTTP/0.9")) {
            return badRequest("A WebSocket handshake needs HTTP/1.1.");
        }
        if (!HeaderGrammar.hasToken(request.header("Sec-WebSocket-Version"), "13")) {
            return new Rejected(
                    426,
                    Map.of("Sec-WebSocket-Version", "13", "Upgrade", "websocket", "Connection", "Upgrade"),
                    "Sec-WebSocket-Version must be 13.");
        }
        if (!HeaderGrammar.hasToken(request.header("Connection"), "upgrade")) {
            return badRequest("The Connection header must contain Upgrade.");
        }
        List<String> keys = request.header("Sec-WebSocket-Key");
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            return badRequest("There must be one Sec-WebSocket-Key, the base64 form of 16 bytes.");
        }
        List<String> origins = request.header("Origin");
        if (origins.size() > 1) {
            return badRequest("There must be at most one Origin.");
        }
        if (request.header("Authorization").size() > 1) {
            return badRequest("There must be at most one Authorization.");
        }
        if (hasBody(request)) {
            return badRequest("A WebSocket handshake has no body.");
        }
        List<String> offered;
        try {
            offered = HeaderGrammar.tokens(request.header("Sec-WebSocket-Protocol"));
        } catch (MalformedHeaderException e) {
            return badRequest("Sec-WebSocket-Protocol is malformed: " + e.getMessage() + ".");
        }
        if (new HashSet<>(offered).size() < offered.size()) {
            return badRequest("Sec-WebSocket-Protocol must not name a subprotocol twice."); // 4.1, item 10
        }
        List<Extension> extensions;
        try {
            extensions = HeaderGrammar.extensions(request.header("Sec-WebSocket-Extensions"));
        } catch (MalformedHeaderException e) {
            return badRequest("Sec-WebSocket-Extensions is malformed: " + e.getMessage() + ".");
        }
        Rejected refusal = refusal(request, policy);
        if (refusal != null) {
            return refusal;
        }
        DeflatePolicy compression = policy.compression();
        return accept(
                keys.getFirst(),
                chosen(policy.subprotocols(), offered),
                compression == null ? null : DeflateOffer.accept(extensions, compression));
    }

    /** Why a correct handshake would be refused, by its origin or for lack of room; null if it would not be. */
    static @Nullable Rejected refusal(HandshakeRequest request, HandshakePolicy policy) {
        if (!policy.origins().admits(request)) {
            return new Rejected(
                    403,
                    Map.of(),
                    OriginPolicy.reasonAgainst(request.header("Origin").getFirst()));
        }
        return policy.availability() == Availability.OPEN ? null : unavailable(policy.availability());
    }

    /**
     * Whether the request has a body. What follows the header section is read as frames, so nothing may come between.
     */
    private static boolean hasBody(HandshakeRequest request) {
        return !request.header("Transfer-Encoding").isEmpty()
                || request.header("Content-Length").stream().anyMatch(length -> !length.equals("0"));
    }

    private static Accepted accept(String key, @Nullable String subprotocol, @Nullable DeflateOffer compression) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Accept", acceptFor(key));
        if (subprotocol != null) {
            headers.put("Sec-WebSocket-Protocol", subprotocol);
        }
        if (compression != null) {
            headers.put("Sec-WebSocket-Extensions", compression.answer());
        }
        return new Accepted(
                Collections.unmodifiableMap(headers), subprotocol, compression == null ? null : compression.agreed());
    }

    private static Rejected badRequest(String reason) {
        return new Rejected(400, Map.of(), reason);
    }

    private static Rejected unavailable(Availability availability) {
        String retryAfter = availability == Availability.DRAINING ? "1" : "5";
        String reason = switch (availability) {
            case DRAINING -> "The server is about to stop.";
            case FULL -> "There are as many connections as this server allows.";
            case SHORT_OF_MEMORY -> "The server is short of memory.";
            case OPEN -> throw new IllegalArgumentException("There is room");
        };
        return new Rejected(503, Map.of("Retry-After", retryAfter, "Connection", "close"), reason);
    }

    private static @Nullable String chosen(List<String> spoken, List<String> offered) {
        for (String subprotocol : spoken) {
            if (offered.contains(subprotocol)) {
                return subprotocol;
            }
        }
        return null;
    }

    /** 4.1, item 7: "a nonce consisting of a randomly selected 16-byte value that has been base64-encoded". */
    private static boolean isKey(String key) {
        if (key.length() != 24) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** 4.2.2, item 5.4: the SHA-1 of the key and a fixed GUID. */
    private static String acceptFor(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
