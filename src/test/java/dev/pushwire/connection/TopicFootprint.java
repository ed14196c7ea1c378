package dev.pushwire.connection;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.MemoryBroker;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.Hub;
import dev.pushwire.push.HubLimits;
import dev.pushwire.push.NewTopics;
import dev.pushwire.push.Presence;
import dev.pushwire.push.SubscriptionLimits;
import dev.pushwire.push.TopicRules;
import dev.pushwire.pushprotocol.ProtocolLimits;
import dev.pushwire.pushprotocol.PushEndpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what a topic with one subscription over {@code /push} takes: bytes of live heap of the whole node, and processor
 * time to subscribe. No test; run its main with the number of loops, best with {@code -XX:+UseSerialGC}.
 */
final class TopicFootprint {
    private static final int TOPICS = 100_000;
    private static final int PER_CONNECTION = 1000;
    private static final NewTopics NO_LIMIT = new NewTopics() {
        @Override
        public boolean allows(Session session) {
            return true;
        }

        @Override
        public boolean allows(String remoteAddress) {
            return true;
        }
    };

    private final List<EventLoop> loops = new ArrayList<>();
    private final MemoryBroker broker;
    private final Hub hub;
    private final PushEndpoint endpoint;
    private final List<Connection> connections = new ArrayList<>();

    private TopicFootprint(int loops) throws IOException {
        for (int i = 0; i < loops; i++) {
            EventLoop loop =
                    new EventLoop("node", i, Duration.ofDays(1), TestLoop.COMPRESSION, ClientMemory.unbounded());
            loop.adoptCurrentThread();
            this.loops.add(loop);
        }
        TopicRules rules = new TopicRules(List.of());
        this.broker =
                new MemoryBroker(topic -> rules.of(topic).retention(), 1_000_000, 10 * TOPICS, InstantSource.system());
        this.hub = new Hub(
                broker,
                rules,
                listener -> new LoopSessionGroup(false, listener),
                new HubLimits(10 * TOPICS, 0, 1_000_000),
                InstantSource.system());
        this.endpoint = new PushEndpoint(
                new ClientSessions(
                        hub,
                        new Presence(broker, rules),
                        new ClaimsAccess(rules, false),
                        (_, _) -> null,
                        NO_LIMIT,
                        new SubscriptionLimits(PER_CONNECTION, 1),
                        _ -> {},
                        ClientListener.NONE),
                new ProtocolLimits(1000, 0, new SubscriptionLimits(PER_CONNECTION, 1)),
                _ -> {});
    }

    public static void main(String... arguments) throws IOException {
        int loops = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        TopicFootprint node = new TopicFootprint(loops);
        node.subscribe("warm-up-a", TOPICS);
        node.subscribe("warm-up-b", TOPICS);
        long before = heap();
        long cpu = cpu();
        node.subscribe("topic", TOPICS);
        long spent = cpu() - cpu;
        long after = heap();
        System.out.printf(
                Locale.ROOT,
                "%d loops: %d bytes of heap and %.1f us to subscribe for each of %d topics; %d are active%n",
                loops,
                (after - before) / TOPICS,
                spent / 1e3 / TOPICS,
                TOPICS,
                node.hub.activeTopics());
    }

    private void subscribe(String prefix, int topics) throws IOException {
        Connection connection = null;
        for (int i = 0; i < topics; i++) {
            if (i % PER_CONNECTION == 0) {
                connection = open(loops.get(connections.size() % loops.size()));
            }
            byte[] command = ("{\"type\":\"subscribe\",\"id\":" + i + ",\"topic\":\"" + prefix + ":" + i + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            endpoint.onText(connection.session(), new Received(command));
            if (i % 100 == 99) {
                connection.loop().pass(1);
            }
        }
    }

    private Connection open(EventLoop loop) throws IOException {
        EndpointBinding binding = new EndpointBinding(
                "/push",
                endpoint,
                Execution.EVENT_LOOP,
                true,
                RateLimit.LINES,
                0,
                TestConnection.LIMITS,
                new ConnectionRegistry(TOPICS),
                new RecordingListener());
        Connection connection = new Connection(
                loop, new Nowhere(), binding, new HandshakeInfo(AccessLease.lasting(null), null, null, Map.of(), null));
        connection.open(null, ByteBuffer.allocate(0), ByteBuffer.allocate(0));
        connections.add(connection);
        loop.execute(() -> {});
        loop.pass(1);
        return connection;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private record Received(byte[] bytes) implements Text {
        @Override
        public ByteBuffer utf8() {
            return ByteBuffer.wrap(bytes);
        }

        @Override
        public String toString() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Takes all that is written, and keeps nothing. */
    private static final class Nowhere implements Transport {
        @Override
        public int read(ByteBuffer target) {
            return 0;
        }

        @Override
        public int write(ByteBuffer source) {
            int written = source.remaining();
            source.position(source.limit());
            return written;
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
