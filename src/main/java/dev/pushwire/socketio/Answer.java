package dev.pushwire.socketio;

import org.jspecify.annotations.Nullable;

/** What a client answered. */
public final class Answer {
    private final Arguments arguments;
    private final ArgumentCodec codec;

    Answer(Arguments arguments, ArgumentCodec codec) {
        this.arguments = arguments;
        this.codec = codec;
    }

    /** All of it, as it came. */
    public Arguments arguments() {
        return arguments;
    }

    /**
     * The first argument.
     *
     * @return null when there is none
     * @throws IllegalArgumentException when Jackson cannot read it as that
     */
    public <T> @Nullable T get(Class<T> type) {
        return get(0, type);
    }

    /**
     * An argument.
     *
     * @param index from 0
     * @return null when there is none
     * @throws IllegalArgumentException when Jackson cannot read it as that
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
