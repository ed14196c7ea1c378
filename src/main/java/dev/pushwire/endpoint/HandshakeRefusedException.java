package dev.pushwire.endpoint;

/** Thrown by {@link Endpoint#onHandshake} to answer the handshake with an HTTP error. */
public final class HandshakeRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status an HTTP status from 400 to 599
     * @param reason the plain text of the answer, for the person who wrote the client
     */
    public HandshakeRefusedException(int status, String reason) {
        super(reason, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("A refusal has an HTTP status from 400 to 599, not " + status);
        }
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
