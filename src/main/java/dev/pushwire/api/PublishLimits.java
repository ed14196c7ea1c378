package dev.pushwire.api;

/**
 * The limits of a publication.
 *
 * @param maxMessageSize the largest message, in bytes
 */
public record PublishLimits(int maxMessageSize) {
    /** The largest array that has room for a frame header before the message. */
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 64;

    /** @throws IllegalArgumentException if the size is not positive, or no array can hold it */
    public PublishLimits {
        if (maxMessageSize < 1 || maxMessageSize > MAX_ARRAY) {
            throw new IllegalArgumentException(
                    "The largest message size is from 1 to " + MAX_ARRAY + " bytes, not " + maxMessageSize);
        }
    }
}
