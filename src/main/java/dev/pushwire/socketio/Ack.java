package dev.pushwire.socketio;

import org.jspecify.annotations.Nullable;

/** Answers an event. Thread-safe; may be kept, and used after the handler has returned. */
public interface Ack {
    /**
     * Sends the answer: once, then no more. Does nothing when the client has asked for none, or has gone.
     *
     * @param arguments what Jackson makes JSON of, {@code byte[]} as binary data; or {@link Arguments} alone
     * @throws IllegalArgumentException when Jackson cannot, or there are more than 10 pieces of binary data
     */
    void send(@Nullable Object... arguments);

    /** Whether the client waits for an answer. */
    boolean isWanted();
}
