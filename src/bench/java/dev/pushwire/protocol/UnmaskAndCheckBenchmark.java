package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The payload of a text message is unmasked, and checked to be UTF-8. Each way includes the copy that a read makes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UnmaskAndCheckBenchmark {
    /** Bytes of the payload. */
    @Param({"32", "1024", "16384"})
    public int size;

    /** Whether each character is one byte. */
    @Param({"true", "false"})
    public boolean ascii;

    private Received received = Received.payload(0, true);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private CharBuffer decoded = CharBuffer.allocate(0);

    /** Makes the text. */
    @Setup
    public void prepare() {
        received = Received.payload(size, ascii);
        decoded = CharBuffer.allocate(size);
    }

    /** Does both in place, eight bytes at a time. */
    @Benchmark
    public boolean pushwire() {
        ByteBuffer payload = received.read();
        Masking.apply(payload, 0, size, Received.key());
        return Utf8.isValid(payload);
    }

    /**
     * Unmasks byte by byte, as section 5.3 of RFC 6455 writes it. Then the JDK's decoder decodes into a buffer that is
     * reused.
     */
    @Benchmark
    public boolean byteLoopAndDecoder() {
        ByteBuffer payload = received.read();
        unmaskByteByByte(payload);
        decoded.clear();
        decoder.reset();
        return !decoder.decode(payload, decoded, true).isError();
    }

    /** The same with a decoder and a buffer for each message, as {@code decode(ByteBuffer)} makes them. */
    @Benchmark
    public int byteLoopAndNewString() throws CharacterCodingException {
        ByteBuffer payload = received.read();
        unmaskByteByByte(payload);
        return StandardCharsets.UTF_8.newDecoder().decode(payload).toString().length();
    }

    private void unmaskByteByByte(ByteBuffer payload) {
        for (int i = 0; i < size; i++) {
            payload.put(i, (byte) (payload.get(i) ^ (Received.key() >>> (24 - 8 * (i % 4)))));
        }
    }
}
