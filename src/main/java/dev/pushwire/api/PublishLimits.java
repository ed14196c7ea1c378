package dev.pushwire.api;

/**
 * What a publication may cost.
 *
 * @param maxMessageSize of one message, in bytes
 */
public record PublishLimits(int maxMessageSize) {
    /** What fits into an array with a frame header before it. */
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 64;

    /** @throws IllegalArgumentException for a size that is not positive, or that no array can hold */
    public PublishLimits {
        if (maxMessageSize < 1 || maxMessageSize > MAX_ARRAY) {
            throw new IllegalArgumentException(
                    "The largest message size is from 1 to " + MAX_ARRAY + " bytes, not " + maxMessageSize);
        }
    }
}
