package dev.pushwire.socketio;

import org.jspecify.annotations.Nullable;

/**
 * Refuses a client that wants to connect to a namespace. The client gets a {@code connect_error} with the message and
 * the data. It does not try again by itself.
 */
public final class ConnectRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** @param message the message for the client */
    public ConnectRefusedException(String message) {
        this(message, null);
    }

    /**
     * @param message the message for the client
     * @param data an object that Jackson writes as JSON
     */
    public ConnectRefusedException(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    /** The data for the client; null for none. */
    public @Nullable Object data() {
        return data;
    }
}
