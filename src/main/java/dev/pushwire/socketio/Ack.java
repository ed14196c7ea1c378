package dev.pushwire.socketio;

import org.jspecify.annotations.Nullable;

/** Answers an event. Thread-safe. A handler may keep it, and use it after it has returned. */
public interface Ack {
    /**
     * Sends the answer. Only the first call does so. Does nothing if the client wants no answer, or has gone.
     *
     * @param arguments objects that Jackson writes as JSON, with {@code byte[]} as binary data; or a single
     *     {@link Arguments}
     * @throws IllegalArgumentException if Jackson cannot write an argument, or there are more than 10 pieces of binary
     *     data
     */
    void send(@Nullable Object... arguments);

    /** Whether the client waits for an answer. */
    boolean isWanted();
}
