package dev.pushwire.endpoint;

import java.util.Map;

/** Answers a handshake with an HTTP error. {@link Endpoint#onHandshake} throws it. */
public final class HandshakeRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    /**
     * @param status an HTTP status from 400 to 599
     * @param reason the plain text of the answer, for the person who wrote the client
     */
    public HandshakeRefusedException(int status, String reason) {
        this(status, reason, Map.of());
    }

    /**
     * @param status an HTTP status from 400 to 599
     * @param reason the plain text of the answer, for the person who wrote the client
     * @param headers the headers of the answer, such as {@code Retry-After}
     */
    public HandshakeRefusedException(int status, String reason, Map<String, String> headers) {
        super(reason, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("A refusal has an HTTP status from 400 to 599, not " + status);
        }
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The headers of the answer, in addition to those that every answer has. */
    public Map<String, String> headers() {
        return headers;
    }
}
