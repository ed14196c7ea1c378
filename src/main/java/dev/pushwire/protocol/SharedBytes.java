package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** The content of a message. All its frames share it, in every framing and with every head. Immutable. */
final class SharedBytes {
    /** What it takes of the heap besides its bytes. About right for any JVM. */
    private static final int OVERHEAD = 40;

    private static final AtomicIntegerFieldUpdater<SharedBytes> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(SharedBytes.class, "holders");

    private final byte[] bytes;

    @SuppressWarnings("UnusedVariable") // HOLDERS reads it
    private volatile int holders; // frames that are held somewhere

    private SharedBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes from position to limit. They are copied, and the buffer's position stays. */
    static SharedBytes copyOf(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(source.position(), bytes);
        return new SharedBytes(bytes);
    }

    int length() {
        return bytes.length;
    }

    ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    void copyTo(ByteBuffer target, int from, int count) {
        target.put(bytes, from, count);
    }

    /** @return by how many bytes the held memory has grown: none if another frame holds them already */
    int hold() {
        return HOLDERS.getAndIncrement(this) == 0 ? memory() : 0;
    }

    /** @return by how many bytes the held memory has shrunk: none if another frame still holds them */
    int release() {
        return HOLDERS.decrementAndGet(this) == 0 ? memory() : 0;
    }

    private int memory() {
        return OVERHEAD + EncodedFrame.memoryOf(bytes.length);
    }
}
