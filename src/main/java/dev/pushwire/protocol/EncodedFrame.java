package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Bytes ready for the wire; immutable and thread-safe, so that one may wait in the outboxes of many connections on many
 * threads.
 */
public final class EncodedFrame {
    /** What a frame takes of the heap besides its bytes, with its place in an outbox; about right for any JVM. */
    public static final int OVERHEAD = 64;

    private static final AtomicIntegerFieldUpdater<EncodedFrame> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(EncodedFrame.class, "holders");

    /** From here on G1, with the smallest of its regions, gives an array whole regions. */
    private static final int HUMONGOUS = 512 * 1024;

    private static final int REGION = 1024 * 1024;
    private static final int ARRAY_HEADER = 16;

    private final byte[] bytes;
    private final @Nullable DropPolicy dropPolicy;
    private @Nullable EncodedFrame @Nullable [] deflated; // by window; guarded by this
    private volatile @Nullable EncodedFrame deflatedAsUsual; // with the largest window: read without the lock

    @SuppressWarnings("UnusedVariable") // HOLDERS reads it
    private volatile int holders; // outboxes that count it as waiting

    private EncodedFrame(byte[] bytes) {
        this(bytes, null);
    }

    private EncodedFrame(byte[] bytes, @Nullable DropPolicy dropPolicy) {
        this.bytes = bytes;
        this.dropPolicy = dropPolicy;
    }

    /** The same frame, which slow peers may miss. */
    public EncodedFrame withDropPolicy(@Nullable DropPolicy how) {
        return new EncodedFrame(bytes, how);
    }

    /** Whether a slow peer may miss it, and when; null: it may not. */
    public @Nullable DropPolicy dropPolicy() {
        return dropPolicy;
    }

    /** One unfragmented frame; {@code payload} is copied. */
    public static EncodedFrame of(Opcode opcode, byte[] payload) {
        return of(opcode, ByteBuffer.wrap(payload));
    }

    /** One unfragmented frame around the bytes from position to limit, which are copied and not consumed. */
    public static EncodedFrame of(Opcode opcode, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer frame = ByteBuffer.allocate(FrameWriter.headerSize(length) + length);
        FrameWriter.putHeader(frame, opcode, length);
        frame.put(frame.position(), payload, payload.position(), length);
        return new EncodedFrame(frame.array());
    }

    /** One unfragmented frame around the first {@code length} bytes of a compressed payload, which are copied. */
    static EncodedFrame compressed(Opcode opcode, byte[] payload, int length) {
        ByteBuffer frame = ByteBuffer.allocate(FrameWriter.headerSize(length) + length);
        FrameWriter.putCompressedHeader(frame, opcode, length);
        return new EncodedFrame(frame.put(payload, 0, length).array());
    }

    /** What a socket did not take of frames already encoded: the bytes from position to limit, copied and consumed. */
    public static EncodedFrame rest(ByteBuffer unsent) {
        byte[] bytes = new byte[unsent.remaining()];
        unsent.get(bytes);
        return new EncodedFrame(bytes);
    }

    /**
     * The same message compressed, or this frame where that would not be smaller. Compressed at the first call for a
     * window, by whichever thread that is; then the same for all. Refers to no other message.
     */
    public EncodedFrame deflated(int windowBits, MessageDeflater deflater) {
        EncodedFrame known = windowBits == DeflateParameters.LARGEST_WINDOW ? deflatedAsUsual : null;
        return known == null ? deflateOnce(windowBits, deflater) : known;
    }

    private synchronized EncodedFrame deflateOnce(int windowBits, MessageDeflater deflater) {
        if (deflated == null) {
            deflated = new @Nullable EncodedFrame[DeflateParameters.LARGEST_WINDOW + 1];
        }
        EncodedFrame known = deflated[windowBits];
        if (known == null) {
            EncodedFrame smaller = deflater.deflate(type(), payload(), windowBits, false);
            known = smaller.size() < size() ? smaller.withDropPolicy(dropPolicy) : this;
            deflated[windowBits] = known;
        }
        if (windowBits == DeflateParameters.LARGEST_WINDOW) {
            deflatedAsUsual = known;
        }
        return known;
    }

    private Opcode type() {
        return Objects.requireNonNull(Opcode.of(bytes[0]));
    }

    /** The bytes without the header, from position to limit, read-only; not for a {@link #rest}. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes, bytes.length - payloadSize(), payloadSize())
                .asReadOnlyBuffer();
    }

    /** In bytes, without the header; not for a {@link #rest}. */
    public int payloadSize() {
        return switch (bytes[1]) {
            case 126 -> bytes.length - 4;
            case 127 -> bytes.length - 10;
            default -> bytes.length - 2;
        };
    }

    /** The opcode of the first frame, as {@link Opcode#code}; without meaning for a {@link #rest}. */
    public int opcode() {
        return bytes[0] & 0xF;
    }

    /** In bytes, with the header. */
    public int size() {
        return bytes.length;
    }

    /**
     * Notes that one more outbox holds the frame.
     *
     * @return by how many bytes the memory of all outboxes has grown: none if another holds it already
     */
    public int hold() {
        return HOLDERS.getAndIncrement(this) == 0 ? memory() : 0;
    }

    /**
     * Notes that an outbox holds the frame no more.
     *
     * @return by how many bytes the memory of all outboxes has shrunk: none if another still holds it
     */
    public int release() {
        return HOLDERS.decrementAndGet(this) == 0 ? memory() : 0;
    }

    private int memory() {
        return OVERHEAD + memoryOf(bytes.length);
    }

    /** What so many bytes take of the heap as an array, about: one that fills a region's half has all of it. */
    public static int memoryOf(int length) {
        return length < HUMONGOUS ? length : Math.ceilDiv(length + ARRAY_HEADER, REGION) * REGION;
    }

    /**
     * Copies what fits.
     *
     * @param from index of the first byte to copy
     * @return how many were copied
     */
    public int copyTo(ByteBuffer target, int from) {
        int count = Math.min(target.remaining(), bytes.length - from);
        target.put(bytes, from, count);
        return count;
    }
}
