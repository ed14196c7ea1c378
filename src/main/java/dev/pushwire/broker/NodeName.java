package dev.pushwire.broker;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a node is called by others, from its start to its end: after a restart it is another one. The ids of its connections
 * begin with it and a hyphen.
 *
 * @param value ASCII letters and digits
 */
public record NodeName(String value) {
    private static final int LONGEST = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Seven characters: short enough to read out, and no two nodes of a service get the same. */
    private static final long LEAST = 1L << 32;

    private static final long BOUND = 1L << 36;

    /** @throws IllegalArgumentException for anything but letters and digits */
    public NodeName {
        if (!isName(value)) {
            throw new IllegalArgumentException("A node's name has 1 to 32 ASCII letters and digits");
        }
    }

    /** One that nobody has used. */
    public static NodeName random() {
        return new NodeName(Long.toString(RANDOM.nextLong(LEAST, BOUND), Character.MAX_RADIX));
    }

    /** The node that a connection with this id is on; null when no connection can have it. */
    public static @Nullable NodeName ofConnection(String id) {
        String name = id.substring(0, Math.max(0, id.lastIndexOf('-')));
        return isName(name) ? new NodeName(name) : null;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c < 0x7F && Character.isLetterOrDigit(c));
    }

    @Override
    public String toString() {
        return value;
    }
}
