package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A read of 64 text messages: everything until the endpoint is called. Figures are for one message. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FrameParseBenchmark.FRAMES)
public class FrameParseBenchmark {
    static final int FRAMES = 64;

    /** Bytes of each payload. */
    @Param({"32", "1024"})
    public int size;

    private Received received = Received.frames(0, 0);
    private MessageReader reader = new MessageReader(new MessageLimits(1, 1), null);
    private final Count count = new Count();

    /** Makes the frames. */
    @Setup
    public void prepare() {
        received = Received.frames(FRAMES, size);
        reader = new MessageReader(new MessageLimits(1 << 20, 1000), null);
    }

    /** Reads each message in place. */
    @Benchmark
    public long pushwire() {
        count.bytes = 0;
        reader.read(received.read(), count);
        return count.bytes;
    }

    /** Makes an array and a string for each payload, as the simplest parser would. It checks nothing else. */
    @Benchmark
    public long arrayPerFrame() {
        ByteBuffer in = received.read();
        long bytes = 0;
        while (in.hasRemaining()) {
            in.get();
            int length = in.get() & 0x7F;
            if (length == 126) {
                length = in.getShort() & 0xFFFF;
            }
            byte[] key = new byte[4];
            in.get(key);
            byte[] payload = new byte[length];
            in.get(payload);
            for (int i = 0; i < length; i++) {
                payload[i] ^= key[i % 4];
            }
            bytes += new String(payload, StandardCharsets.UTF_8).length();
        }
        return bytes;
    }

    private static final class Count extends DiscardingHandler {
        private long bytes;

        @Override
        public void text(ByteBuffer payload) {
            bytes += payload.remaining();
        }
    }
}
