package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.MessageLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One connection, with a transport that the test controls, and an endpoint that records its calls. */
final class TestConnection {
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    static final HandshakeInfo PEER = new HandshakeInfo(AccessLease.lasting(null), null, null, Map.of(), null);
    static final Limits LIMITS = limits(100_000, 1_000_000);

    final FakeTransport transport = new FakeTransport();
    final RecordingEndpoint endpoint = new RecordingEndpoint();

    private final TestLoop loop;
    private final RecordingListener listener = new RecordingListener();
    private final ConnectionRegistry registry = new ConnectionRegistry(1);
    private final Connection connection;
    private boolean opened;

    TestConnection(TestLoop loop, Execution execution, Limits limits, HandshakeInfo peer) {
        this(loop, execution, limits, peer, 0);
    }

    TestConnection(TestLoop loop, Execution execution, Limits limits, HandshakeInfo peer, int messagesPerSecond) {
        this(loop, execution, limits, peer, messagesPerSecond, null);
    }

    /** @param stream null for a WebSocket */
    TestConnection(
            TestLoop loop,
            Execution execution,
            Limits limits,
            HandshakeInfo peer,
            int messagesPerSecond,
            StreamFormat stream) {
        this.loop = loop;
        EndpointBinding binding = new EndpointBinding(
                "/test",
                endpoint,
                execution,
                false,
                RateLimit.LINES,
                messagesPerSecond,
                limits,
                registry,
                listener,
                stream);
        this.connection = new Connection(loop.loop(), transport, binding, peer);
    }

    static Limits limits(int outbox, int maxMessageSize) {
        return new Limits(
                new MessageLimits(maxMessageSize, 1_000),
                outbox,
                Duration.ofSeconds(25),
                Duration.ofSeconds(10),
                CLOSE_TIMEOUT,
                Duration.ZERO,
                Duration.ZERO);
    }

    Connection connection() {
        return connection;
    }

    Session session() {
        return connection.session();
    }

    TestConnection open() {
        return open("");
    }

    /**
     * Opens the connection with a null handshake, since a connection only passes it on.
     *
     * @param reply the answer to the handshake; most tests want none, so as to see frames alone
     * @param early what came right behind the handshake
     */
    TestConnection open(String reply, byte[]... early) {
        registry.enter();
        opened = true;
        connection.open(null, ByteBuffer.wrap(Wire.utf8(reply)), ByteBuffer.wrap(Wire.join(early)));
        loop.settle();
        return this;
    }

    // What the peer does

    /** All of it comes in one read. */
    void receives(byte[]... frames) {
        arrives(frames);
        loop.settle();
    }

    /** The frames are there for the next pass. */
    void arrives(byte[]... frames) {
        transport.arrives(Wire.join(frames));
    }

    void peerFinishes() {
        transport.peerFinishes();
        loop.settle();
    }

    void peerVanishesByReset() {
        transport.breaks();
        loop.settle();
    }

    /** From now on nothing that is sent gets through, until {@link #peerReads}. */
    void peerStopsReading() {
        transport.takes(0);
    }

    void peerReads() {
        transport.takesAll();
        loop.settle();
    }

    void ends(Ending how) {
        connection.end(how);
        loop.settle();
    }

    void sweepAfter(Duration time) {
        connection.sweep(loop.loop().now() + time.toNanos());
        loop.settle();
    }

    // What became of it

    List<String> sent() {
        return Wire.frames(transport.taken());
    }

    /** A stream's client has got this text and no more. */
    void assertStreamed(String text) {
        assertThat(new String(transport.taken(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    /** The peer has got these frames and no others. */
    void assertSent(String... frames) {
        assertThat(sent()).containsExactly(frames);
    }

    /** The endpoint has got these calls and no others. */
    void assertCalls(String... calls) {
        assertThat(endpoint.calls()).containsExactly(calls);
    }

    void assertOpen() {
        assertThat(connection.isOpen()).isTrue();
        assertThat(transport.isClosed()).isFalse();
        assertThat(listener.calls()).containsExactly("opened /test");
    }

    /** Our side is shut, and the socket stays until the peer has shut its own. */
    void assertLingers() {
        assertThat(connection.isOpen()).isFalse();
        assertThat(transport.isFinished()).isTrue();
        assertThat(transport.isClosed()).isFalse();
        assertThat(transport.wantsRead()).isTrue();
    }

    /** @param how as it is counted: {@code PeerClosed 1000} */
    void assertClosed(String how) {
        assertThat(transport.isClosed()).isTrue();
        assertThat(listener.calls()).containsExactly("opened /test", "closed /test " + how);
    }

    boolean isInLoop() {
        return opened && !transport.isClosed();
    }

    /** Whether the connection is over, and nothing of it waits for its endpoint. */
    boolean holdsNothing() {
        return !isInLoop() && connection.delivery().memory() == 0;
    }

    boolean isReady() {
        return transport.isReadable() || transport.isWritable();
    }

    /** As its event loop does. */
    void reportReady() {
        try {
            if (transport.isReadable()) {
                connection.readable();
            }
            if (transport.isWritable()) {
                connection.writable();
            }
        } catch (Throwable t) {
            connection.fail(t);
        }
    }

    /**
     * The place is given back and the end is told once, when the connection is closed. The socket is not used after
     * that.
     */
    void assertAccounted() {
        assertThat(transport.misuses()).isEmpty();
        assertThat(registry.size()).isEqualTo(isInLoop() ? 1 : 0);
        assertThat(listener.calls()).hasSize(!opened ? 0 : transport.isClosed() ? 2 : 1);
        assertThat(endpoint.calls().stream().filter(call -> call.startsWith("close")))
                .hasSizeLessThanOrEqualTo(1);
        if (endpoint.isTold()) {
            assertThat(endpoint.calls().getLast()).startsWith("close");
        }
    }

    @Override
    public String toString() {
        return "open " + connection.isOpen() + ", closed " + transport.isClosed() + ", readable "
                + transport.isReadable() + ", writable " + transport.isWritable();
    }
}
