package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/**
 * Validates UTF-8 (RFC 3629) that arrives in pieces. It fails at the first byte that no valid text can contain:
 * overlong forms, surrogates and code points above U+10FFFF are found at their second byte.
 *
 * <p>The state between two pieces is one {@code int}, which the caller holds: how many continuation bytes are still to
 * come, and which range the next one must be in. All but the first continuation byte have the full range 80–BF.
 */
final class Utf8 {
    /** Between two characters: where a text starts, and the only state in which it may end. */
    static final int COMPLETE = 0;
    /** The bytes cannot be UTF-8, whatever follows. */
    static final int INVALID = -1;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** Whether the bytes from position to limit are a whole UTF-8 text. The buffer's position stays. */
    static boolean isValid(ByteBuffer text) {
        return check(COMPLETE, text, text.position(), text.limit()) == COMPLETE;
    }

    /**
     * Checks the bytes from index {@code from} to {@code end} of {@code buffer}.
     *
     * @param state the result for the piece before; {@link #COMPLETE} at the start
     * @return the state after these bytes, or {@link #INVALID}
     */
    static int check(int state, ByteBuffer buffer, int from, int end) {
        int i = from;
        int now = state;
        while (i < end) {
            if (now == COMPLETE) {
                while (i <= end - Long.BYTES && (buffer.getLong(i) & HIGH_BITS) == 0) {
                    i += Long.BYTES;
                }
                if (i == end) {
                    return COMPLETE;
                }
            }
            now = next(now, buffer.get(i++) & 0xFF);
            if (now == INVALID) {
                return INVALID;
            }
        }
        return now;
    }

    private static int next(int state, int octet) {
        if (state == COMPLETE) {
            return octet < 0x80 ? COMPLETE : lead(octet);
        }
        int low = (state >> 8) & 0xFF;
        int high = state & 0xFF;
        if (octet < low || octet > high) {
            return INVALID;
        }
        int left = (state >> 16) - 1;
        return left == 0 ? COMPLETE : expect(left, 0x80, 0xBF);
    }

    /** The table of RFC 3629, section 4: what may follow each first byte. */
    private static int lead(int octet) {
        if (octet < 0xC2) {
            return INVALID; // a continuation byte, or an overlong form of ASCII
        }
        if (octet < 0xE0) {
            return expect(1, 0x80, 0xBF);
        }
        return switch (octet) {
            case 0xE0 -> expect(2, 0xA0, 0xBF);
            case 0xED -> expect(2, 0x80, 0x9F); // above are the surrogates
            case 0xF0 -> expect(3, 0x90, 0xBF);
            case 0xF1, 0xF2, 0xF3 -> expect(3, 0x80, 0xBF);
            case 0xF4 -> expect(3, 0x80, 0x8F); // above is beyond U+10FFFF
            default -> octet < 0xF0 ? expect(2, 0x80, 0xBF) : INVALID;
        };
    }

    private static int expect(int continuationBytes, int low, int high) {
        return continuationBytes << 16 | low << 8 | high;
    }
}
