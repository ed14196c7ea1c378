package dev.pushwire.bench.load;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server sends on one connection, and compares every byte with what it should be: the messages in the
 * order of their numbers, none missing, none changed.
 */
final class Incoming {
    private static final int LONGEST_HEADER = 10;
    private static final int LONGEST_CONTROL = 125;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int NO_CODE = 1005;

    private final Loop loop;
    private final Messages messages;
    private final boolean binary;
    private final @Nullable Inflation inflation;
    private final @Nullable Envelopes envelopes;

    private final ByteBuffer header = ByteBuffer.allocate(LONGEST_HEADER); // the header of a frame, if it is cut in two
    private byte @Nullable [] control; // the payload of a control frame
    private int controlSize;
    private int opcode;
    private boolean fin;
    private boolean withinFrame;
    private long left; // how much of the frame's payload is to come

    private boolean withinMessage;
    private boolean compressed;
    private long offset; // how much of the message under way has come
    private long next; // the number of the message under way, or of the one to come; -1 before a broadcast's first
    private long received;

    /**
     * @param first the number of the first message, or -1 for any number
     * @param inflation null for a connection without permessage-deflate
     */
    Incoming(Loop loop, Messages messages, Shape shape, long first, @Nullable Inflation inflation) {
        this.loop = loop;
        this.messages = messages;
        this.binary = shape.binary();
        this.next = first;
        this.inflation = inflation;
        this.envelopes = shape.isEnveloped() ? new Envelopes() : null;
    }

    /** The number of the message that comes next; -1 if it is not known. */
    long next() {
        return next;
    }

    /** How many messages have come whole. */
    long received() {
        return received;
    }

    /**
     * Reads what is in the loop's read buffer, or as far as a Close.
     *
     * @param connection the connection on which pings are answered, and which is told of a Close
     * @throws WrongAnswerException if anything is wrong
     */
    void read(Connection connection) {
        ByteBuffer in = loop.in();
        while (in.hasRemaining()) {
            if (!withinFrame && !readHeader(in)) {
                return;
            }
            int count = (int) Math.min(left, in.remaining());
            if (control != null) {
                in.get(in.position(), control, controlSize, count);
                controlSize += count;
            } else {
                readData(in, count);
            }
            in.position(in.position() + count);
            left -= count;
            if (left == 0) {
                withinFrame = false;
                endFrame(connection);
            }
        }
    }

    private boolean readHeader(ByteBuffer in) {
        int at = in.position();
        if (header.position() == 0 && in.remaining() >= 2 && in.remaining() >= headerSize(in.get(at + 1))) {
            beginFrame(in, at);
            in.position(at + headerSize(in.get(at + 1)));
            return true;
        }
        while (in.hasRemaining()) {
            header.put(in.get());
            if (header.position() >= 2 && header.position() == headerSize(header.get(1))) {
                beginFrame(header, 0);
                header.clear();
                return true;
            }
        }
        return false;
    }

    private static int headerSize(int second) {
        return switch (second & 0x7F) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private void beginFrame(ByteBuffer from, int at) {
        int first = from.get(at);
        int second = from.get(at + 1);
        check(second >= 0, "a masked frame");
        check((first & 0x30) == 0, "a reserved bit");
        fin = (first & 0x80) != 0;
        opcode = first & 0xF;
        left = switch (second) {
            case 126 -> from.getShort(at + 2) & 0xFFFF;
            case 127 -> from.getLong(at + 2);
            default -> second;
        };
        withinFrame = true;
        boolean firstBit = (first & 0x40) != 0;
        if (opcode >= CLOSE) {
            check(fin && !firstBit && left <= LONGEST_CONTROL, "a bad control frame");
            control = new byte[(int) left];
            controlSize = 0;
            return;
        }
        check(withinMessage == (opcode == 0), "a frame that does not belong to its message");
        if (!withinMessage) {
            check(opcode == (binary ? 2 : 1), "a message of another type");
            check(!firstBit || inflation != null, "a compressed message that nobody asked for");
            compressed = firstBit;
            withinMessage = true;
            offset = 0;
        }
    }

    private void readData(ByteBuffer in, int count) {
        if (compressed) {
            inflation().append(in, count);
            return;
        }
        if (envelopes != null) {
            envelopes.append(in, count);
            return;
        }
        if (next < 0) {
            check(count >= Long.BYTES, "a first message in pieces");
            next = Messages.number(in, in.position());
        }
        check(messages.matches(next, loop.inSegment(), in.position(), count, offset), "a wrong message");
        offset += count;
    }

    private void endFrame(Connection connection) {
        byte[] payload = control;
        if (payload != null) {
            control = null;
            if (opcode == CLOSE) {
                connection.closeReceived(
                        payload.length >= 2 ? ByteBuffer.wrap(payload).getShort() : NO_CODE);
            } else if (opcode == PING) {
                connection.pong(payload);
            }
        } else if (fin) {
            withinMessage = false;
            if (envelopes != null) {
                next = envelopes.check(messages, next);
                received = envelopes.publications();
                return;
            }
            if (compressed) {
                next = inflation().check(messages, next);
            } else {
                check(offset == messages.size(), "a message that is too short");
            }
            next++;
            received++;
        }
    }

    private Inflation inflation() {
        return Objects.requireNonNull(inflation);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new WrongAnswerException(otherwise + ", number " + next + ", at byte " + offset);
        }
    }
}
