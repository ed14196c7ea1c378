package dev.pushwire.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a server sends on one connection to {@code /push}: gathers each message, and takes the publications out of
 * its lines.
 */
final class Envelopes {
    /** The command that publishes, around a payload. It is masked in place, so the payload begins at a multiple of four. */
    static final byte[] BEFORE = ascii("{\"type\":\"publish\",\"id\":1,  \"topic\":\"bench\",     \"data\":\"");

    static final byte[] AFTER = ascii("\"}");

    /** The command that subscribes. */
    static final byte[] SUBSCRIBE = ascii("{\"type\":\"subscribe\",\"id\":0,\"topic\":\"bench\"}");

    private static final byte[] PUBLICATION = ascii("{\"type\":\"publication\",\"topic\":\"bench\",");
    private static final byte[] OFFSET = ascii("\"offset\":");
    private static final byte[] DATA = ascii("\"data\":\"");
    private static final byte[] SUBSCRIBED = ascii("{\"type\":\"subscribed\"");
    private static final byte[] PUBLISHED = ascii("{\"type\":\"published\"");

    private byte[] message = new byte[512];
    private int length;
    private long offset; // of the last publication; 0 before the first
    private long publications;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** How many publications have come. */
    long publications() {
        return publications;
    }

    void append(ByteBuffer in, int count) {
        if (length + count > message.length) {
            message = Arrays.copyOf(message, 2 * (length + count));
        }
        in.get(in.position(), message, length, count);
        length += count;
    }

    /**
     * Ends the message that was appended.
     *
     * @param next the number that its first publication should have; -1 for any number
     * @return the number that the next one should have
     * @throws WrongAnswerException if anything is wrong
     */
    long check(Messages messages, long next) {
        long number = next;
        int begin = 0;
        for (int at = 0; at <= length; at++) {
            if (at == length || message[at] == '\n') {
                number = line(messages, number, begin, at);
                begin = at + 1;
            }
        }
        length = 0;
        return number;
    }

    private long line(Messages messages, long next, int begin, int end) {
        if (!startsWith(PUBLICATION, begin, end)) {
            if (!startsWith(SUBSCRIBED, begin, end) && !startsWith(PUBLISHED, begin, end)) {
                throw wrong("an answer that nobody expects", begin, end);
            }
            return next;
        }
        int offsetAt = behind(OFFSET, begin + PUBLICATION.length, end);
        int comma = offsetAt;
        long found = 0;
        while (message[comma] != ',') {
            found = 10 * found + message[comma] - '0';
            comma++;
        }
        if (offset != 0 && found != offset + 1) {
            throw wrong("another offset than " + (offset + 1), begin, end);
        }
        offset = found;
        int data = behind(DATA, comma, end);
        long number = next < 0 ? Messages.number(ByteBuffer.wrap(message), data) : next;
        if (end - AFTER.length - data != messages.size()
                || !startsWith(AFTER, end - AFTER.length, end)
                || !messages.matches(number, message, data)) {
            throw wrong("a wrong publication, number " + number, begin, end);
        }
        publications++;
        return number + 1;
    }

    private boolean startsWith(byte[] what, int at, int end) {
        return end - at >= what.length && Arrays.equals(message, at, at + what.length, what, 0, what.length);
    }

    /** Where the first occurrence from {@code from} on ends. */
    private int behind(byte[] what, int from, int end) {
        for (int at = from; at + what.length <= end; at++) {
            if (startsWith(what, at, end)) {
                return at + what.length;
            }
        }
        throw wrong("a publication without " + new String(what, StandardCharsets.US_ASCII), from, end);
    }

    private WrongAnswerException wrong(String what, int begin, int end) {
        return new WrongAnswerException(
                what + ": " + new String(message, begin, Math.min(end - begin, 200), StandardCharsets.UTF_8));
    }
}
