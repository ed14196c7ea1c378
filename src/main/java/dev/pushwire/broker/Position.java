package dev.pushwire.broker;

import java.security.SecureRandom;

/**
 * Where in a topic something stands: behind the publication with this offset. As text {@code epoch:offset}.
 *
 * @param epoch names one unbroken run of offsets; 1 to 32 ASCII letters and digits. Another epoch says that the offsets
 *     began anew
 * @param offset of the last publication before this place, counted from 1; 0 before the first
 */
public record Position(String epoch, long offset) {
    /** What a position looks like as text, in a sentence for a caller that gave a wrong one. */
    public static final String RULE = "A position is '<epoch>:<offset>', as a publication or a subscription gave it.";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_EPOCH_LENGTH = 32;
    private static final int MAX_OFFSET_DIGITS = 18;

    /** @throws IllegalArgumentException for another epoch, or an offset below 0 */
    public Position {
        if (!isEpoch(epoch) || offset < 0) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException with the {@link #RULE}, for anything else
     */
    public static Position parse(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(RULE);
        }
        int colon = text.indexOf(':');
        return new Position(text.substring(0, colon), Long.parseLong(text, colon + 1, text.length(), 10));
    }

    /** Whether this is a position as text. */
    public static boolean isValid(String text) {
        int colon = text.indexOf(':');
        return colon >= 0 && isEpoch(text, colon) && isOffset(text, colon + 1);
    }

    /** Before the first publication of an epoch that nobody has used. */
    public static Position ofNewEpoch() {
        return new Position(Long.toString(RANDOM.nextLong() >>> 16, Character.MAX_RADIX), 0);
    }

    /** The same epoch, another offset. */
    public Position at(long otherOffset) {
        return new Position(epoch, otherOffset);
    }

    private static boolean isEpoch(String text) {
        return isEpoch(text, text.length());
    }

    /** Whether what stands before the end is one. Asked for each publication, so it makes nothing. */
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
