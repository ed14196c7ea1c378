package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's byte stream into messages: fragmentation (RFC 6455, section 5.4), control frames between fragments,
 * UTF-8 over fragment and read boundaries (section 8.1), decompression (RFC 7692) of whole messages, and the limits.
 *
 * <p>A message that is whole in the buffer is handed on in place. Only a message in several frames or several reads is
 * gathered, in memory that grows with what has arrived and never with what a header promised. Between messages the
 * reader holds no memory.
 *
 * <p>Not thread-safe. After a {@link ProtocolException} or a Close it must not be used again.
 */
public final class MessageReader {
    private static final int FIRST_GATHERING = 512;

    private final MessageLimits limits;
    private final @Nullable Inflation inflation;
    private final FrameReader frame;
    private boolean withinFrame;

    private @Nullable Opcode message; // the type of the message under way
    private boolean compressed;
    private int fragments;
    private int utf8 = Utf8.COMPLETE;
    private byte @Nullable [] gathered;
    private int gatheredSize;

    private @Nullable ByteBuffer cutControl;

    /** @param inflation null if permessage-deflate was not negotiated */
    public MessageReader(MessageLimits limits, @Nullable Inflation inflation) {
        this.limits = limits;
        this.inflation = inflation;
        this.frame = new FrameReader(inflation != null);
    }

    /**
     * Reads frames until {@code in} is empty or the handler wants no more.
     *
     * @param in big-endian; its content is changed, since payloads are unmasked in place
     * @throws ProtocolException 1002 for a broken rule, 1007 for text that is not UTF-8, or 1009 for a message beyond
     *     the limits, as soon as the bytes that decide it are there
     */
    public void read(ByteBuffer in, MessageHandler handler) {
        while (withinFrame || handler.wantsMore()) {
            if (!withinFrame) {
                if (!frame.readHeader(in, message != null)) {
                    return;
                }
                begin();
                handler.frame(frame.opcode());
            }
            int count = frame.readPayload(in);
            withinFrame = frame.remaining() > 0;
            if (frame.opcode().isControl()) {
                readControl(in, count, handler);
            } else {
                readData(in, count, handler);
            }
            if (withinFrame) {
                return; // in is empty
            }
        }
    }

    /** Checks a frame by its header, before any of its payload is read. */
    private void begin() {
        withinFrame = true;
        if (frame.opcode().isControl()) {
            return;
        }
        if (frame.opcode() != Opcode.CONTINUATION) {
            message = frame.opcode();
            compressed = frame.compressed();
            fragments = 0;
        }
        if (++fragments > limits.maxFragments()) {
            throw ProtocolException.tooBig("a message of more than " + limits.maxFragments() + " fragments");
        }
        if (frame.length() > mostOnTheWire() - gatheredSize) {
            throw ProtocolException.tooBig("a message of more than " + limits.maxMessageSize() + " bytes");
        }
    }

    /**
     * How large a compressed message may be on the wire. It may be a little larger than its content: a block that could
     * not be compressed adds 5 bytes, and its flush 5 more. A peer that flushes every 256 bytes, which fits the
     * smallest window, adds a 25th of the size.
     */
    private long mostOnTheWire() {
        int size = limits.maxMessageSize();
        return compressed ? size + size / 16L + 64 : size;
    }

    private void readData(ByteBuffer in, int count, MessageHandler handler) {
        int end = in.position();
        if (message == Opcode.TEXT && !compressed) {
            utf8 = Utf8.check(utf8, in, end - count, end);
            boolean last = !withinFrame && frame.fin();
            if (utf8 == Utf8.INVALID || (last && utf8 != Utf8.COMPLETE)) {
                throw ProtocolException.invalidUtf8();
            }
        }
        if (withinFrame || !frame.fin()) {
            gather(in, count);
        } else if (gathered == null) {
            int limit = in.limit();
            in.limit(end).position(end - count);
            deliver(in, handler);
            in.limit(limit).position(end);
        } else {
            gather(in, count);
            ByteBuffer whole = ByteBuffer.wrap(gathered, 0, gatheredSize);
            gathered = null;
            gatheredSize = 0;
            deliver(whole, handler);
        }
    }

    private void deliver(ByteBuffer payload, MessageHandler handler) {
        if (compressed && inflation != null) {
            compressed = false;
            ByteBuffer plain = inflation.inflate(payload, limits.maxMessageSize());
            if (message == Opcode.TEXT && !Utf8.isValid(plain)) {
                throw ProtocolException.invalidUtf8();
            }
            deliver(plain, handler);
            return;
        }
        boolean text = message == Opcode.TEXT;
        message = null;
        if (text) {
            handler.text(payload);
        } else {
            handler.binary(payload);
        }
    }

    private void gather(ByteBuffer in, int count) {
        int size = gatheredSize + count;
        byte[] memory = gathered;
        if (memory == null || memory.length < size) {
            long promised = gatheredSize + count + frame.remaining(); // within the limit: begin() has checked it
            int atLeast = Math.max(size, Math.max(FIRST_GATHERING, 2 * gatheredSize));
            int capacity = (int) (frame.fin() ? Math.min(promised, atLeast) : atLeast);
            memory = memory == null ? new byte[capacity] : Arrays.copyOf(memory, capacity);
            gathered = memory;
        }
        in.get(in.position() - count, memory, gatheredSize, count);
        gatheredSize = size;
    }

    /** How many bytes of memory the message under way takes. */
    public int gathered() {
        byte[] memory = gathered;
        return memory == null ? 0 : memory.length;
    }

    private void readControl(ByteBuffer in, int count, MessageHandler handler) {
        int end = in.position();
        if (withinFrame || cutControl != null) {
            ByteBuffer part = cutControl == null ? ByteBuffer.allocate((int) frame.length()) : cutControl;
            cutControl = part;
            part.put(part.position(), in, end - count, count).position(part.position() + count);
            if (!withinFrame) {
                cutControl = null;
                deliverControl(part.flip(), handler);
            }
            return;
        }
        int limit = in.limit();
        in.limit(end).position(end - count);
        deliverControl(in, handler);
        in.limit(limit).position(end);
    }

    private void deliverControl(ByteBuffer payload, MessageHandler handler) {
        switch (frame.opcode()) {
            case PING -> handler.ping(payload);
            case PONG -> handler.pong(payload);
            default -> handler.close(CloseStatus.parse(payload));
        }
    }
}
