package dev.pushwire.protocol;

/**
 * What a peer may make us hold or do for one message.
 *
 * @param maxMessageSize bytes of payload, over all fragments; a longer message fails with 1009
 * @param maxFragments frames that one message may come in; more fail with 1009, so that a message of empty fragments
 *     ends some time
 */
public record MessageLimits(int maxMessageSize, int maxFragments) {
    /** @throws IllegalArgumentException when a limit is not positive */
    public MessageLimits {
        if (maxMessageSize < 1 || maxFragments < 1) {
            throw new IllegalArgumentException("Limits must be positive: " + maxMessageSize + ", " + maxFragments);
        }
    }
}
