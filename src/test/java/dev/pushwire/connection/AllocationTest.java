package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory a message allocates on its way through the loop. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MESSAGES = 100_000;

    private EventLoop loop;

    @BeforeEach
    void makeLoop() throws IOException {
        loop = new EventLoop("node", 0, Duration.ofDays(1), TestLoop.COMPRESSION, ClientMemory.unbounded());
        loop.adoptCurrentThread();
    }

    @AfterEach
    void closeSelector() throws IOException {
        loop.selector().close();
    }

    /** The bytes that the code allocates in its second run. The first run loads and compiles it. */
    private static long allocatedBy(Runnable code) {
        code.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        code.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void anEchoTakesNone(int messagesPerRead) {
        byte[] read = new byte[0];
        for (int i = 0; i < messagesPerRead; i++) {
            read = Wire.join(
                    read, i % 4 == 3 ? Wire.binary(new byte[300]) : Wire.text("a text of 32 bytes or there about"));
        }
        EndlessTransport transport = new EndlessTransport(ByteBuffer.wrap(read));
        Connection connection = open(transport);
        int turns = MESSAGES / messagesPerRead;

        long allocated = allocatedBy(() -> {
            for (int i = 0; i < turns; i++) {
                connection.readable();
            }
        });

        assertThat(transport.writes).isEqualTo(2L * turns);
        assertThat(loop.traffic().sum(TrafficCounters::messagesSent)).isEqualTo(2L * turns * messagesPerRead);
        assertThat(allocated).isLessThan(MESSAGES / 10);
    }

    /** The answers for a peer that sends much and reads nothing are kept without an object for each. */
    @Test
    void answersThatWaitTakeLittleMoreThanTheirBytes() {
        int messages = 20_000;
        ByteBuffer read = ByteBuffer.allocate(messages * Wire.text("").length);
        while (read.hasRemaining()) {
            read.put(Wire.text(""));
        }
        EndlessTransport transport = new EndlessTransport(read);
        transport.stuck = true;
        Connection connection = open(transport);
        connection.session().send("waits");
        pass();

        long allocated = allocatedBy(connection::readable);

        assertThat(connection.out().backlog()).isGreaterThan(2 * 2 * messages);
        assertThat(allocated).isLessThan(2 * 2 * messages);
    }

    @Test
    void aBroadcastTakesItsFrameOnceHoweverManyMembersThereAre() throws IOException {
        LoopSessionGroup group = new LoopSessionGroup(true, _ -> {});
        int members = 500;
        for (int i = 0; i < members; i++) {
            group.add(open(new EndlessTransport(ByteBuffer.allocate(0))).session());
        }
        OutboundMessage message = OutboundMessage.text("a message");
        int rounds = 200;

        long allocated = allocatedBy(() -> {
            for (int i = 0; i < rounds; i++) {
                group.send(message);
                do {
                    pass();
                } while (!loop.isDone());
            }
        });

        assertThat(loop.traffic().sum(TrafficCounters::messagesSent)).isEqualTo(2L * rounds * members);
        assertThat(allocated / rounds).isLessThan(members);
    }

    private void pass() {
        try {
            loop.execute(() -> {});
            loop.pass(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Connection open(Transport transport) {
        ConnectionRegistry registry = new ConnectionRegistry(1);
        registry.enter();
        EndpointBinding binding = new EndpointBinding(
                "/echo",
                new Echo(),
                Execution.EVENT_LOOP,
                false,
                RateLimit.LINES,
                1_000_000,
                TestConnection.limits(1_000_000, 1_000),
                registry,
                new ConnectionListener() {});
        Connection connection = new Connection(loop, transport, binding, TestConnection.PEER);
        connection.open(null, ByteBuffer.allocate(0), ByteBuffer.allocate(0));
        return connection;
    }

    private static final class Echo implements Endpoint {
        @Override
        public void onText(Session session, Text text) {
            session.send(text);
        }

        @Override
        public void onBinary(Session session, ByteBuffer data) {
            session.send(data);
        }
    }

    /** Each read brings the same bytes. Each write is taken whole, or not at all. */
    private static final class EndlessTransport implements Transport {
        private final ByteBuffer read;
        private long writes;
        private boolean stuck;

        private EndlessTransport(ByteBuffer read) {
            this.read = read;
        }

        @Override
        public int read(ByteBuffer target) {
            target.put(0, read, 0, read.limit()).position(read.limit());
            return read.limit();
        }

        @Override
        public int write(ByteBuffer source) {
            writes++;
            if (stuck) {
                return 0;
            }
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
            return "192.0.2.1";
        }
    }
}
