package dev.pushwire.bench.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The client's half of permessage-deflate (RFC 7692) on one connection: gathers compressed messages, and checks them. */
final class Inflation {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF}; // section 7.2.2

    private final @Nullable Inflater own; // the server keeps its window from message to message
    private final Shared shared;
    private byte[] message = new byte[256];
    private int length;

    Inflation(boolean serverKeepsWindow, Shared shared) {
        this.own = serverKeepsWindow ? new Inflater(true) : null;
        this.shared = shared;
    }

    /** The state that the connections of one loop share. */
    static final class Shared {
        private final Inflater inflater = new Inflater(true);
        private final byte[] inflated;
        private final byte[][] known; // compressed messages that were right

        Shared(int messageSize) {
            this.inflated = new byte[messageSize + 1];
            this.known = new byte[1024][];
        }
    }

    void append(ByteBuffer in, int count) {
        if (length + count + TAIL.length > message.length) {
            message = Arrays.copyOf(message, 2 * (length + count + TAIL.length));
        }
        in.get(in.position(), message, length, count);
        length += count;
    }

    /**
     * Ends the message that was appended.
     *
     * @param number the number that it should have; -1 for any number
     * @return the number that it has
     * @throws WrongAnswerException if the message is wrong
     */
    long check(Messages messages, long number) {
        int compressed = length;
        length = 0;
        if (own == null && number >= 0 && isKnown(messages.place(number), compressed)) {
            return number;
        }
        int size = inflate(compressed);
        long found = number >= 0 ? number : Messages.number(ByteBuffer.wrap(shared.inflated), 0);
        if (!messages.matchesInflated(found, shared.inflated, size)) {
            throw new WrongAnswerException("a wrong message in a compressed one, number " + found);
        }
        if (own == null) {
            shared.known[messages.place(found)] = Arrays.copyOf(message, compressed);
        }
        return found;
    }

    /** A broadcast comes many times with the same bytes. Comparing them costs less CPU than inflating them. */
    private boolean isKnown(int place, int compressed) {
        byte[] known = shared.known[place];
        return known != null && Arrays.equals(known, 0, known.length, message, 0, compressed);
    }

    private int inflate(int compressed) {
        System.arraycopy(TAIL, 0, message, compressed, TAIL.length);
        Inflater inflater = own == null ? shared.inflater : own;
        if (own == null) {
            inflater.reset();
        }
        inflater.setInput(message, 0, compressed + TAIL.length);
        try {
            return inflater.inflate(shared.inflated);
        } catch (DataFormatException e) {
            throw new WrongAnswerException("a compressed message that cannot be inflated: " + e.getMessage());
        }
    }
}
