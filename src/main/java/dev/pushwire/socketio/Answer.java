package dev.pushwire.socketio;

import org.jspecify.annotations.Nullable;

/** The answer of a client to an event. */
public final class Answer {
    private final Arguments arguments;
    private final ArgumentCodec codec;

    Answer(Arguments arguments, ArgumentCodec codec) {
        this.arguments = arguments;
        this.codec = codec;
    }

    /** All arguments of the answer, as they came. */
    public Arguments arguments() {
        return arguments;
    }

    /**
     * Reads the first argument.
     *
     * @return null if there is none
     * @throws IllegalArgumentException if Jackson cannot read it as that type
     */
    public <T> @Nullable T get(Class<T> type) {
        return get(0, type);
    }

    /**
     * Reads an argument.
     *
     * @param index from 0
     * @return null if there is none
     * @throws IllegalArgumentException if Jackson cannot read it as that type
     */
    public <T> @Nullable T get(int index, Class<T> type) {
        return codec.decode(arguments, index, type);
    }

    /** As {@link Arguments#toString}. */
    @Override
    public String toString() {
        return arguments.toString();
    }
}
