package dev.pushwire.socketio;

import org.jspecify.annotations.Nullable;

/**
 * Refuses a client that wants to connect to a namespace. The client's {@code connect_error} has the message and the data; it does
 * not try again by itself.
 */
public final class ConnectRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** @param message for the client to read */
    public ConnectRefusedException(String message) {
        this(message, null);
    }

    /**
     * @param message for the client to read
     * @param data what Jackson makes JSON of
     */
    public ConnectRefusedException(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    /** What the client gets besides the message; null for nothing. */
    public @Nullable Object data() {
        return data;
    }
}
