package dev.pushwire.engineio;

import org.jspecify.annotations.Nullable;

/** Why a request is refused, with the numbers and words of the reference implementation. */
enum EngineError {
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    UNKNOWN_SID(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

    /** The one there is now. */
    private static final String WEBSOCKET = "websocket";

    /** Of Engine.IO. */
    private static final String VERSION = "4";

    static final int STATUS = 400;

    private final int code;
    private final String message;

    EngineError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    String message() {
        return message;
    }

    String json() {
        return "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    /** What is wrong with a request for a WebSocket; null for nothing. */
    static @Nullable EngineError ofUpgrade(@Nullable String transport, @Nullable String sid, @Nullable String version) {
        if (!WEBSOCKET.equals(transport)) {
            return UNKNOWN_TRANSPORT;
        }
        if (sid != null && !sid.isEmpty()) {
            return UNKNOWN_SID; // a session that could change to a WebSocket would be one of another transport
        }
        return VERSION.equals(version) ? null : UNSUPPORTED_PROTOCOL_VERSION;
    }

    /** What is wrong with any other request. */
    static EngineError ofRequest(String method, @Nullable String transport, @Nullable String sid) {
        if (!WEBSOCKET.equals(transport)) {
            return UNKNOWN_TRANSPORT;
        }
        if (sid != null && !sid.isEmpty()) {
            return UNKNOWN_SID;
        }
        return method.equals("GET") ? BAD_REQUEST : BAD_HANDSHAKE_METHOD;
    }
}
