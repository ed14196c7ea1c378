package dev.pushwire.engineio;

import org.jspecify.annotations.Nullable;

/** The reason why a request is refused, with the numbers and words of the reference implementation. */
enum EngineError {
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    UNKNOWN_SID(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    FORBIDDEN(4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

    private static final String WEBSOCKET = "websocket";
    private static final String POLLING = "polling";

    /** The version of Engine.IO. */
    private static final String VERSION = "4";

    private final int code;
    private final String message;

    EngineError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    int status() {
        return this == FORBIDDEN ? 403 : 400;
    }

    String message() {
        return message;
    }

    String json() {
        return "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    /**
     * What is wrong with a request for a WebSocket; null if nothing is. Does not check that the session exists.
     *
     * @param webSockets whether WebSockets are enabled
     */
    static @Nullable EngineError ofUpgrade(@Nullable String transport, @Nullable String version, boolean webSockets) {
        if (!webSockets || !WEBSOCKET.equals(transport)) {
            return UNKNOWN_TRANSPORT;
        }
        return VERSION.equals(version) ? null : UNSUPPORTED_PROTOCOL_VERSION;
    }

    /**
     * What is wrong with any other request that begins a session; null if nothing is.
     *
     * @param polls whether long polling is enabled
     */
    static @Nullable EngineError ofOpening(
            String method, @Nullable String transport, @Nullable String version, boolean polls) {
        EngineError unknown = ofTransport(transport, polls);
        if (unknown != null) {
            return unknown;
        }
        if (!method.equals("GET")) {
            return BAD_HANDSHAKE_METHOD;
        }
        if (!POLLING.equals(transport)) {
            return BAD_REQUEST;
        }
        return VERSION.equals(version) ? null : UNSUPPORTED_PROTOCOL_VERSION;
    }

    /** What is wrong with the transport of any other request; null if nothing is. */
    static @Nullable EngineError ofTransport(@Nullable String transport, boolean polls) {
        boolean known = WEBSOCKET.equals(transport) || (polls && POLLING.equals(transport));
        return known ? null : UNKNOWN_TRANSPORT;
    }

    /** Whether a polling session takes such a request. */
    static boolean isExpected(String method, @Nullable String transport, @Nullable String version) {
        return POLLING.equals(transport) && VERSION.equals(version) && (method.equals("GET") || method.equals("POST"));
    }
}
