package dev.pushwire.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.ClusterListener;
import dev.pushwire.broker.MemoryBroker;
import dev.pushwire.broker.MemoryClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import dev.pushwire.engineio.EngineEndpoint;
import dev.pushwire.engineio.EngineServer;
import dev.pushwire.engineio.EngineSessions;
import dev.pushwire.engineio.EngineSettings;
import dev.pushwire.engineio.Relays;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRoutes;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.FakeNewTopics;
import dev.pushwire.push.OpenClients;
import dev.pushwire.push.SubscriptionLimits;
import dev.pushwire.push.TestHub;
import dev.pushwire.testing.RecordingGroups;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.testing.TestText;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Socket.IO with everything but connections. Topics below {@code kept.} remember and show who is there. */
final class TestServer {
    static final int MAX_PACKET = 1000;
    static final int MAX_UNFINISHED = 3000;

    /** A token is its bearer's name; nobody is called nobody. */
    private static final TokenAuthenticator NAMES = (session, token) -> {
        LeasedSession leased = LeasedSession.of(session);
        if (token.equals("nobody") || !leased.replaceLease(leased.lease(), AccessLease.lasting(() -> token))) {
            return new TokenAuthenticator.Outcome.Refused(TokenAuthenticator.Refusal.INVALID, "The token is nobody's.");
        }
        return new TokenAuthenticator.Outcome.Authenticated(() -> token, Instant.EPOCH);
    };

    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final TestHub hub = new TestHub(3);
    final SocketIoNodes nodes;
    final ServedNamespaces served = new ServedNamespaces();
    final SocketIoServer server;
    final SocketIo io;
    final OpenClients clients = new OpenClients();
    final EngineServer engine;
    private final EngineEndpoint endpoint;

    static final RecoverySettings RECOVERY =
            new RecoverySettings(Duration.ofMinutes(2), Duration.ofMinutes(1), 100, 10, 10_000, 1_000_000);

    /** Hears nothing of revocations. */
    static final ClusterListener NOBODY = new ClusterListener() {
        @Override
        public Supplier<String> told(String notice) {
            return () -> null;
        }

        @Override
        public String asked(String question) {
            return null;
        }

        @Override
        public void caughtUp() {}
    };

    TestServer() {
        this(true);
    }

    TestServer(boolean takesTokens) {
        this(takesTokens, alone());
    }

    /** A node of its own. */
    static SocketIoNodes alone() {
        NodeName self = new NodeName("n");
        MemoryBroker broker = new MemoryBroker(
                topic -> NamespaceTopics.retention(topic, RECOVERY), 10_000_000, 1000, InstantSource.system());
        ClusterBus bus = new MemoryClusterBus(self, NOBODY, Duration.ofHours(1), 10, InstantSource.system());
        return new SocketIoNodes(self, broker, bus, NodeSearches.UNLIMITED);
    }

    TestServer(boolean takesTokens, SocketIoNodes nodes) {
        this.nodes = nodes;
        SocketIoSettings settings = new SocketIoSettings(
                Duration.ofSeconds(45),
                Duration.ofSeconds(30),
                3,
                2,
                MAX_PACKET,
                MAX_UNFINISHED,
                takesTokens,
                RECOVERY);
        ClientSessions sessions = new ClientSessions(
                hub.hub(),
                hub.presence(),
                new ClaimsAccess(TestHub.RULES, true),
                NAMES,
                new FakeNewTopics(Integer.MAX_VALUE),
                new SubscriptionLimits(3, 2),
                limit -> {},
                ClientListener.NONE,
                clients);
        server = new SocketIoServer(settings, nodes, new RecordingGroups(), JsonMapper.shared(), sessions, new Told());
        io = server.sockets();
        engine = new EngineServer(
                new EngineSettings(
                        Set.of(EngineSettings.Transport.values()),
                        true,
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(20),
                        1_000_000),
                () -> SessionId.random(new NodeName("n")),
                server);
        NodeName self = new NodeName("n");
        SessionRoutes routes = new SessionRoutes(self, nodes.bus(), "engine-io", new EngineSessions(engine));
        endpoint = new EngineEndpoint(engine, new Relays(routes));
    }

    /** What the meters hear. */
    private final class Told implements SocketIoListener {
        @Override
        public void announced(String namespace) {
            told.add("announced " + namespace);
        }

        @Override
        public void connected(String namespace) {
            told.add("connected " + namespace);
        }

        @Override
        public void disconnected(String namespace, DisconnectReason reason) {
            told.add("disconnected " + namespace + " " + reason);
        }

        @Override
        public void refused(String namespace, Refusal refusal) {
            told.add("refused " + namespace + " " + refusal);
        }

        @Override
        public void received(String namespace, boolean handled) {
            told.add((handled ? "handled " : "unhandled ") + namespace);
        }

        @Override
        public void emitted(String namespace) {
            told.add("emitted " + namespace);
        }

        @Override
        public void acked(String namespace, AckResult result) {
            told.add("acked " + namespace + " " + result);
        }

        @Override
        public void returned(String namespace, RecoveryResult result) {
            told.add("returned " + namespace + " " + result);
        }

        @Override
        public void unavailable(String namespace) {
            told.add("unavailable " + namespace);
        }

        @Override
        public void interrupted(String namespace) {
            told.add("interrupted " + namespace);
        }

        @Override
        public void handlerFailed(String namespace) {
            told.add("failed " + namespace);
        }
    }

    /** With the {@link ServedNamespaces}. */
    TestServer serving() {
        server.serve(List.of(served, served.new Recovering()));
        return this;
    }

    TestClient open() {
        return new TestClient(new RecordingSession(TestHandshake.to("/socket.io/")));
    }

    /** A client that has yet to authenticate. */
    TestClient openProvisional() {
        RecordingSession session = new RecordingSession(TestHandshake.to("/socket.io/"));
        boolean _ = session.replaceLease(session.lease(), new ProvisionalLease());
        return new TestClient(session);
    }

    /** Connects a client to a namespace, and forgets what came before. */
    TestClient connect(String namespace) {
        TestClient client = open();
        client.send("40" + namespace + ",").awaitStart("40" + namespace);
        client.session.clear();
        return client;
    }

    private record ProvisionalLease() implements AccessLease {
        @Override
        public java.security.Principal principal() {
            return null;
        }

        @Override
        public CloseStatus ending(long now) {
            return null;
        }

        @Override
        public boolean provisional() {
            return true;
        }

        @Override
        public void release() {}
    }

    /** A client, as far as the server sees it. */
    final class TestClient {
        final RecordingSession session;

        TestClient(RecordingSession session) {
            this.session = session;
            endpoint.onOpen(session, TestHandshake.to("/socket.io/"));
        }

        TestClient send(Object... messages) {
            for (Object message : messages) {
                if (message instanceof byte[] bytes) {
                    endpoint.onBinary(session, ByteBuffer.wrap(bytes));
                } else {
                    endpoint.onText(session, new TestText((String) message));
                }
            }
            return this;
        }

        /** What was sent, binary messages as their text. */
        List<String> messages() {
            return session.sent().stream()
                    .map(message -> message.isText() ? message.text() : "binary " + UTF_8.decode(message.payload()))
                    .toList();
        }

        void awaitMessage(String message) {
            await().atMost(Duration.ofSeconds(30)).until(() -> messages().contains(message));
        }

        /** Waits for a message that begins so, and returns it. */
        String awaitStart(String start) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> messages().stream().anyMatch(message -> message.startsWith(start)));
            return messages().stream()
                    .filter(message -> message.startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }

        void assertClosed(int code) {
            CloseStatus status = session.closedWith();
            assertThat(status).isNotNull();
            assertThat(status.code()).isEqualTo(code);
        }

        /** The connection is over. */
        void cut() {
            end(CloseStatus.ABNORMAL);
        }

        void end(CloseStatus status) {
            session.disconnect();
            endpoint.onClose(session, status);
        }
    }
}
