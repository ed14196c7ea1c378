package dev.pushwire.protocol;

import java.nio.ByteBuffer;
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

/** Replies to the 64 messages of one read, gathered for one write. Figures are for one message. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FrameEncodeBenchmark.FRAMES)
public class FrameEncodeBenchmark {
    static final int FRAMES = 64;

    /** Bytes of each payload. */
    @Param({"32", "1024"})
    public int size;

    private ByteBuffer payload = Received.direct(0);
    private ByteBuffer out = ByteBuffer.allocateDirect(0);

    /** Makes the payload. */
    @Setup
    public void prepare() {
        payload = Received.direct(size);
        out = ByteBuffer.allocateDirect(FRAMES * (14 + size));
    }

    /** Puts header and payload straight into the buffer of the write. */
    @Benchmark
    public ByteBuffer pushwire() {
        out.clear();
        for (int i = 0; i < FRAMES; i++) {
            FrameWriter.putHeader(out, Opcode.TEXT, size);
            int at = out.position();
            out.put(at, payload, 0, size).position(at + size);
        }
        return out;
    }

    /** Makes each frame in an array first, as a queue of frames would hold it. */
    @Benchmark
    public ByteBuffer arrayPerFrame() {
        out.clear();
        for (int i = 0; i < FRAMES; i++) {
            EncodedFrame.of(Opcode.TEXT, payload).copyTo(out, 0);
        }
        return out;
    }
}
