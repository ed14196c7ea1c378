package dev.pushwire.protocol;

/**
 * How much a peer may make the server hold or do for one message.
 *
 * @param maxMessageSize the most bytes of payload, over all fragments; a longer message fails with 1009
 * @param maxFragments the most frames of one message; more fail with 1009. So a message of empty fragments ends some
 *     time
 */
public record MessageLimits(int maxMessageSize, int maxFragments) {
    /** @throws IllegalArgumentException if a limit is not positive */
    public MessageLimits {
        if (maxMessageSize < 1 || maxFragments < 1) {
            throw new IllegalArgumentException("Limits must be positive: " + maxMessageSize + ", " + maxFragments);
        }
    }
}
