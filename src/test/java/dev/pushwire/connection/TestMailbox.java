package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.PostedSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One session whose client collects its messages, and an endpoint that records its calls. */
final class TestMailbox {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final RecordingEndpoint endpoint = new RecordingEndpoint();

    private int closed;
    private final MailboxTransport transport = new MailboxTransport("192.0.2.1", PATIENCE, () -> closed++);
    private final RecordingListener listener = new RecordingListener();
    private final ConnectionRegistry registry = new ConnectionRegistry(1);
    private final TestLoop loop;
    private final Connection connection;

    TestMailbox(TestLoop loop, StreamFormat format, int messagesPerSecond) {
        this.loop = loop;
        EndpointBinding binding = new EndpointBinding(
                "/test",
                endpoint,
                Execution.EVENT_LOOP,
                false,
                RateLimit.LINES,
                messagesPerSecond,
                TestConnection.LIMITS,
                registry,
                listener,
                format);
        HandshakeInfo peer =
                new HandshakeInfo(AccessLease.lasting(null), null, null, Map.of(), null, binding.framing(false));
        registry.enter();
        connection = new Connection(loop.loop(), transport, binding, peer);
        transport.reportTo(connection);
        connection.open(null, ByteBuffer.allocate(0), ByteBuffer.allocate(0));
        loop.settle();
    }

    Connection connection() {
        return connection;
    }

    PostedSession session() {
        return connection.session();
    }

    CompletableFuture<Collected> collect(int most, Duration wait) {
        CompletableFuture<Collected> answer = transport.collect(most, wait);
        loop.settle();
        return answer;
    }

    CompletableFuture<Collected> collect(long acknowledged, int most, Duration wait) {
        CompletableFuture<Collected> answer = transport.collect(acknowledged, most, wait);
        loop.settle();
        return answer;
    }

    CompletableFuture<PostedSession.Posted> post(boolean isText, byte[] message) {
        CompletableFuture<PostedSession.Posted> answer = session().post(isText, ByteBuffer.wrap(message));
        loop.settle();
        return answer;
    }

    CompletableFuture<PostedSession.Posted> post(boolean isText, byte[] message, Duration patience) {
        CompletableFuture<PostedSession.Posted> answer = session().post(isText, ByteBuffer.wrap(message), patience);
        loop.settle();
        return answer;
    }

    void ends(Ending how) {
        connection.end(how);
        loop.settle();
    }

    void sweepAfter(Duration time) {
        connection.sweep(loop.loop().now() + time.toNanos());
        loop.settle();
    }

    void assertOpen() {
        assertThat(connection.isOpen()).isTrue();
        assertThat(listener.calls()).containsExactly("opened /test");
    }

    void assertCalls(String... calls) {
        assertThat(endpoint.calls()).containsExactly(calls);
    }

    /** Everything is given back. */
    void assertClosed(String how) {
        assertThat(listener.calls()).containsExactly("opened /test", "closed /test " + how);
        assertThat(registry.size()).isZero();
        assertThat(closed).isEqualTo(1);
        assertThat(loop.loop().size()).isZero();
    }
}
