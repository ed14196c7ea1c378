package dev.pushwire.broker;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The name of a node among the others. A node has it from its start to its end, and another one after a restart. The
 * ids of its connections begin with the name and a hyphen.
 *
 * @param value 1 to 32 ASCII letters and digits
 */
public record NodeName(String value) {
    private static final int LONGEST = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Names have seven characters. They are short enough to read out, and no two nodes of a service get the same. */
    private static final long LEAST = 1L << 32;

    private static final long BOUND = 1L << 36;

    /** @throws IllegalArgumentException if it has other characters, or none, or too many */
    public NodeName {
        if (!isName(value)) {
            throw new IllegalArgumentException("A node's name has 1 to 32 ASCII letters and digits");
        }
    }

    /** A name that no node has used. */
    public static NodeName random() {
        return new NodeName(Long.toString(RANDOM.nextLong(LEAST, BOUND), Character.MAX_RADIX));
    }

    /** The node of a connection with this id; null if no connection can have the id. */
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
