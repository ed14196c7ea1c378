package dev.pushwire.broker;

import java.security.SecureRandom;

/**
 * A place in a topic: right after the publication with this offset. Its text is {@code epoch:offset}. Immutable.
 *
 * @param epoch the run of offsets that the place is in; 1 to 32 ASCII letters and digits. In another epoch the offsets
 *     begin anew
 * @param offset the offset of the last publication before the place, from 1; 0 before the first publication
 */
public record Position(String epoch, long offset) {
    /** The rule for a position as text, in a sentence for a caller that broke it. */
    public static final String RULE = "A position is '<epoch>:<offset>', as a publication or a subscription gave it.";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_EPOCH_LENGTH = 32;
    private static final int MAX_OFFSET_DIGITS = 18;

    /** @throws IllegalArgumentException if the epoch is not valid, or the offset is below 0 */
    public Position {
        if (!isEpoch(epoch) || offset < 0) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /**
     * Reads a position from the text that {@link #toString} writes.
     *
     * @throws IllegalArgumentException with the {@link #RULE}, for any other text
     */
    public static Position parse(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(RULE);
        }
        int colon = text.indexOf(':');
        return new Position(text.substring(0, colon), Long.parseLong(text, colon + 1, text.length(), 10));
    }

    /** Whether this text is a position. */
    public static boolean isValid(String text) {
        int colon = text.indexOf(':');
        return colon >= 0 && isEpoch(text, colon) && isOffset(text, colon + 1);
    }

    /** The position before the first publication of a new epoch. */
    public static Position ofNewEpoch() {
        return new Position(Long.toString(RANDOM.nextLong() >>> 16, Character.MAX_RADIX), 0);
    }

    /** The position in the same epoch with another offset. */
    public Position at(long otherOffset) {
        return new Position(epoch, otherOffset);
    }

    private static boolean isEpoch(String text) {
        return isEpoch(text, text.length());
    }

    /** Whether the text before the end is an epoch. It is asked for each publication, so it makes no objects. */
    private static boolean isEpoch(String text, int end) {
        if (end == 0 || end > MAX_EPOCH_LENGTH) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOffset(String text, int begin) {
        int digits = text.length() - begin;
        if (digits == 0 || digits > MAX_OFFSET_DIGITS) {
            return false;
        }
        for (int i = begin; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return epoch + ":" + offset;
    }
}
