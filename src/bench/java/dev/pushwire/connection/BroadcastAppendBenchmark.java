package dev.pushwire.connection;

import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Four messages to 1,000 consumers, gathered for one write to each. The write itself costs nothing. Figures are for one
 * delivery.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BroadcastAppendBenchmark.CONSUMERS * BroadcastAppendBenchmark.MESSAGES)
public class BroadcastAppendBenchmark {
    static final int CONSUMERS = 1000;
    static final int MESSAGES = 4;

    /** Bytes of the payload. */
    @Param({"128", "2048"})
    public int size;

    private byte[] payload = {};
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(128 * 1024);
    private final Transport transport = new Swallowing();
    private final Outbox[] outboxes =
            Stream.generate(Outbox::new).limit(CONSUMERS).toArray(Outbox[]::new);

    @SuppressWarnings("unchecked")
    private final Queue<ByteBuffer>[] queues =
            Stream.generate(ArrayDeque::new).limit(CONSUMERS).toArray(Queue[]::new);

    /** Makes the message. */
    @Setup
    public void prepare() {
        payload = new byte[size];
    }

    /** One encoded frame for all of them. */
    @Benchmark
    public int pushwire() throws IOException {
        int written = 0;
        for (int i = 0; i < MESSAGES; i++) {
            EncodedFrame frame = EncodedFrame.of(Opcode.TEXT, payload);
            for (Outbox outbox : outboxes) {
                outbox.add(frame);
            }
        }
        for (Outbox outbox : outboxes) {
            written += outbox.flush(transport, scratch);
        }
        return written;
    }

    /** A frame for each of them, as a session's own send makes it. */
    @Benchmark
    public int copyPerConsumer() {
        int written = 0;
        for (int i = 0; i < MESSAGES; i++) {
            for (Queue<ByteBuffer> queue : queues) {
                ByteBuffer frame = ByteBuffer.allocate(4 + size);
                frame.put((byte) 0x81).put((byte) 126).putShort((short) size).put(payload);
                queue.add(frame.flip());
            }
        }
        for (Queue<ByteBuffer> queue : queues) {
            scratch.clear();
            for (ByteBuffer frame = queue.poll(); frame != null; frame = queue.poll()) {
                scratch.put(frame);
            }
            written += scratch.position();
        }
        return written;
    }

    /** A socket that takes everything. */
    private static final class Swallowing implements Transport {
        @Override
        public int read(ByteBuffer target) {
            return 0;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public void wantRead(boolean want) {}

        @Override
        public void wantWrite(boolean want) {}

        @Override
        public void finishOutput() {}

        @Override
        public void close() {}

        @Override
        public String remoteAddress() {
            return "nowhere";
        }
    }
}
