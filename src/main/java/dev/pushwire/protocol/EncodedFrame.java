package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Bytes ready for the wire. Immutable and thread-safe, so a frame may wait in the outboxes of many connections on many
 * threads. It has a few bytes of its own, the content of a message that other frames may share, and what follows at
 * once: the end of a chunk, or the next frame of the same unit.
 */
public final class EncodedFrame {
    /** What a frame takes of the heap besides its bytes, with its place in an outbox. About right for any JVM. */
    public static final int OVERHEAD = 64;

    /** The {@link #opcode} of bytes that are not a WebSocket frame. */
    private static final int NONE = -1;

    private static final AtomicIntegerFieldUpdater<EncodedFrame> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(EncodedFrame.class, "holders");

    /** From this size on, G1 gives an array whole regions, if its regions have the smallest size. */
    private static final int HUMONGOUS = 512 * 1024;

    private static final int REGION = 1024 * 1024;
    private static final int ARRAY_HEADER = 16;

    private final byte[] own;
    private final @Nullable SharedBytes shared;
    private final @Nullable EncodedFrame then;
    private final @Nullable DropPolicy dropPolicy;
    private final int size; // with the frame that follows
    private final byte opcode;

    @SuppressWarnings("UnusedVariable") // HOLDERS reads it
    private volatile int holders; // outboxes that count it as waiting

    private EncodedFrame(
            int opcode,
            byte[] own,
            @Nullable SharedBytes shared,
            @Nullable EncodedFrame then,
            @Nullable DropPolicy dropPolicy) {
        this.opcode = (byte) opcode;
        this.own = own;
        this.shared = shared;
        this.then = then;
        this.dropPolicy = dropPolicy;
        this.size = own.length + (shared == null ? 0 : shared.length()) + (then == null ? 0 : then.size);
    }

    /** One unfragmented frame; {@code payload} is copied. */
    public static EncodedFrame of(Opcode opcode, byte[] payload) {
        return of(opcode, ByteBuffer.wrap(payload));
    }

    /**
     * One unfragmented frame around the bytes from position to limit. They are copied, and the buffer's position stays.
     */
    public static EncodedFrame of(Opcode opcode, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer frame = ByteBuffer.allocate(FrameWriter.headerSize(length) + length);
        FrameWriter.putHeader(frame, opcode, length);
        frame.put(frame.position(), payload, payload.position(), length);
        return new EncodedFrame(opcode.code(), frame.array(), null, null, null);
    }

    /** One unfragmented frame around the first {@code length} bytes of a compressed payload, which are copied. */
    static EncodedFrame compressed(Opcode opcode, byte[] payload, int length) {
        ByteBuffer frame = ByteBuffer.allocate(FrameWriter.headerSize(length) + length);
        FrameWriter.putCompressedHeader(frame, opcode, length);
        return new EncodedFrame(opcode.code(), frame.put(payload, 0, length).array(), null, null, null);
    }

    /** The content of a message, which is not copied, with other bytes before it and after it. */
    static EncodedFrame around(Opcode type, byte[] before, SharedBytes content, @Nullable EncodedFrame behind) {
        return new EncodedFrame(type.code(), before, content, behind, null);
    }

    /** Bytes that are not a WebSocket frame; not copied. */
    public static EncodedFrame raw(byte[] bytes) {
        return new EncodedFrame(NONE, bytes, null, null, null);
    }

    /** The rest of encoded frames that a socket did not take: the bytes from position to limit, copied and consumed. */
    public static EncodedFrame rest(ByteBuffer unsent) {
        byte[] bytes = new byte[unsent.remaining()];
        unsent.get(bytes);
        return raw(bytes);
    }

    /** This frame followed by another one, as one frame that is sent whole. */
    public EncodedFrame followedBy(EncodedFrame next) {
        return new EncodedFrame(opcode, own, shared, then == null ? next : then.followedBy(next), dropPolicy);
    }

    /** The same frame with a policy for slow peers. */
    public EncodedFrame withDropPolicy(@Nullable DropPolicy how) {
        return new EncodedFrame(opcode, own, shared, then, how);
    }

    /** Whether and when a slow peer may miss the frame; null if it may not. */
    public @Nullable DropPolicy dropPolicy() {
        return dropPolicy;
    }

    /** What is sent right after it, as a part of it; null if nothing is. */
    public @Nullable EncodedFrame then() {
        return then;
    }

    /**
     * The opcode of the first frame, as {@link Opcode#code}. In another framing, the opcode of the message's type.
     * Negative for bytes that are neither.
     */
    public int opcode() {
        return opcode;
    }

    /** The size in bytes, with headers, and with what follows. */
    public int size() {
        return size;
    }

    /** The approximate heap that it takes besides its bytes: {@link #OVERHEAD} for each part. */
    public int overhead() {
        int sum = OVERHEAD;
        for (EncodedFrame part = then; part != null; part = part.then) {
            sum += OVERHEAD;
        }
        return sum;
    }

    /** How many messages it is: more than one for a unit. */
    public int messages() {
        int count = 0;
        for (EncodedFrame part = this; part != null; part = part.then) {
            count += part.opcode == NONE ? 0 : 1;
        }
        return count;
    }

    /**
     * Notes that one more outbox holds the frame.
     *
     * @return by how many bytes the memory of all outboxes has grown: none if another holds it already
     */
    public int hold() {
        if (HOLDERS.getAndIncrement(this) != 0) {
            return 0;
        }
        int memory = 0;
        for (EncodedFrame part = this; part != null; part = part.then) {
            memory += part.ownMemory() + (part.shared == null ? 0 : part.shared.hold());
        }
        return memory;
    }

    /**
     * Notes that an outbox no longer holds the frame.
     *
     * @return by how many bytes the memory of all outboxes has shrunk: none if another still holds it
     */
    public int release() {
        if (HOLDERS.decrementAndGet(this) != 0) {
            return 0;
        }
        int memory = 0;
        for (EncodedFrame part = this; part != null; part = part.then) {
            memory += part.ownMemory() + (part.shared == null ? 0 : part.shared.release());
        }
        return memory;
    }

    private int ownMemory() {
        return OVERHEAD + memoryOf(own.length);
    }

    /** The approximate heap of an array of this length: an array of half a region or more takes whole regions. */
    public static int memoryOf(int length) {
        return length < HUMONGOUS ? length : Math.ceilDiv(length + ARRAY_HEADER, REGION) * REGION;
    }

    /**
     * Copies as much as fits.
     *
     * @param from the index of the first byte to copy
     * @return how many bytes were copied
     */
    public int copyTo(ByteBuffer target, int from) {
        int before = target.position();
        int skip = from;
        for (EncodedFrame part = this; part != null; part = part.then) {
            skip = part.copyPart(target, skip);
        }
        return target.position() - before;
    }

    /** @return how many bytes of what follows are still to be skipped */
    private int copyPart(ByteBuffer target, int from) {
        int length = own.length;
        if (from < length) {
            target.put(own, from, Math.min(target.remaining(), length - from));
        }
        if (shared == null) {
            return Math.max(0, from - length);
        }
        int start = Math.max(0, from - length);
        if (start < shared.length()) {
            shared.copyTo(target, start, Math.min(target.remaining(), shared.length() - start));
        }
        return Math.max(0, start - shared.length());
    }
}
