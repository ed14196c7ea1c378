package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.service.StreamBeans.Door;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Responses that go on, over HTTP/2, whose sockets cannot be taken. */
class Http2StreamsServiceTest {
    private static final long PATIENCE_SECONDS = 30;

    private final RunningService service = RunningService.with(
            new Class<?>[] {StreamBeans.class},
            "server.http2.enabled=true",
            "pushwire.websocket.outbox-limit=64KB",
            "pushwire.websocket.close-timeout=1s");

    private final Door door = service.bean(Door.class);
    private final HttpClient client =
            HttpClient.newBuilder().version(Version.HTTP_2).build();

    /** The response to the request that makes it HTTP/2, without TLS, has a smaller window than its client thinks. */
    @BeforeEach
    void makeItHttp2() throws Exception {
        HttpRequest health =
                HttpRequest.newBuilder(service.http("/actuator/health")).build();
        assertThat(client.send(health, BodyHandlers.discarding()).version()).isEqualTo(Version.HTTP_2);
    }

    @AfterEach
    void everythingIsGivenBack() {
        client.shutdownNow();
        ConnectionRegistry registry = service.bean(ConnectionRegistry.class);
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).untilAsserted(() -> {
            assertThat(service.openConnections()).as("streams open").isZero();
            assertThat(registry.size()).as("places taken").isZero();
            assertThat(door.group.size()).isZero();
        });
        door.opened.clear();
        door.closed.clear();
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(service.http("/stream")).build();
    }

    private CompletableFuture<HttpResponse<String>> whole() {
        return client.sendAsync(request(), BodyHandlers.ofString());
    }

    private Session session() throws InterruptedException {
        Session session = door.opened.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(session).as("a session that has opened").isNotNull();
        return session;
    }

    private CloseStatus closed() throws InterruptedException {
        CloseStatus status = door.closed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(status).as("an end that was told").isNotNull();
        return status;
    }

    /** Whatever Tomcat still has to do with a stream that was reset, others are answered. */
    @Test
    void thatAreResetSpoilNoOthers() throws Exception {
        HttpRequest events = HttpRequest.newBuilder(service.http("/topics/reset"))
                .header("Accept", "text/event-stream")
                .build();
        HttpRequest ordinary =
                HttpRequest.newBuilder(service.http("/topics/reset")).build();
        for (int round = 0; round < 10; round++) {
            HttpClient leaving = HttpClient.newBuilder().version(Version.HTTP_2).build();
            leaving.send(ordinary, BodyHandlers.discarding());
            List<CompletableFuture<HttpResponse<Void>>> reset = Stream.generate(
                            () -> leaving.sendAsync(events, BodyHandlers.discarding()))
                    .limit(50)
                    .toList();
            reset.forEach(each -> each.cancel(true));
            leaving.shutdownNow();
            List<CompletableFuture<HttpResponse<String>>> others = Stream.generate(
                            () -> client.sendAsync(ordinary, BodyHandlers.ofString()))
                    .limit(50)
                    .toList();
            for (CompletableFuture<HttpResponse<String>> each : others) {
                assertThat(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void goOnFromTheirHeadToTheirEnd() throws Exception {
        CompletableFuture<HttpResponse<String>> response = whole();
        Session session = session();
        session.send("one\n");
        session.close(new CloseStatus(4000));
        HttpResponse<String> whole = response.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(whole.version()).isEqualTo(Version.HTTP_2);
        assertThat(whole.body()).isEqualTo(StreamBeans.HELLO + "one\nbye 4000\n");
        assertThat(whole.headers().map())
                .containsEntry("x-of-the-door", List.of("yes"))
                .doesNotContainKeys("connection", "transfer-encoding", "content-length");
        assertThat(closed().code()).isEqualTo(4000);
    }

    @Test
    void areInGroupsWithAllOthers() throws Exception {
        try (RawClient http1 = RawClient.connect(service)) {
            http1.send(new HandshakeText("GET /stream HTTP/1.1", List.of("Host: localhost")).bytes());
            session();
            CompletableFuture<HttpResponse<String>> one = whole();
            session();
            CompletableFuture<HttpResponse<String>> another = whole();
            session();
            door.group.send(OutboundMessage.text("x".repeat(30_000) + "\n"));
            door.group.close(CloseStatus.NORMAL);
            String expected = StreamBeans.HELLO + "x".repeat(30_000) + "\nbye 1000\n";
            assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo(expected);
            assertThat(another.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo(expected);
            assertThat(http1.readReply().body()).isEqualTo(expected);
        }
    }

    @Test
    void bringManyMessagesInOrder() throws Exception {
        CompletableFuture<HttpResponse<String>> response = whole();
        Session session = session();
        StringBuilder expected = new StringBuilder(StreamBeans.HELLO);
        for (int i = 0; i < 20_000; i++) {
            String line = i + "\n";
            expected.append(line);
            while (!session.offer(OutboundMessage.text(line)) && session.isOpen()) {
                Thread.onSpinWait();
            }
        }
        session.close();
        assertThat(response.get(PATIENCE_SECONDS, TimeUnit.SECONDS).body()).isEqualTo(expected + "bye 1000\n");
    }

    /** The head and the first line are there at once, and then a beat, though nothing else is sent. */
    @Test
    void beatWhenTheyAreQuiet() throws Exception {
        Slow reader = new Slow();
        client.sendAsync(request(), BodyHandlers.fromSubscriber(reader));
        session();
        reader.read();
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> reader.text().equals(StreamBeans.HELLO + ":\n"));
        reader.cancel();
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> !door.closed.isEmpty());
        assertThat(closed().code()).isEqualTo(1006);
    }

    @Test
    void endWhenTheyAreNeverRead() throws Exception {
        Slow reader = new Slow();
        client.sendAsync(request(), BodyHandlers.fromSubscriber(reader));
        Session session = session();
        sendUntil(session, OutboundMessage.text("x".repeat(10_000)), () -> !session.isOpen());
        assertThat(closed().code()).isEqualTo(1013);
    }

    @Test
    void missWhatSlowClientsMay() throws Exception {
        Slow reader = new Slow();
        client.sendAsync(request(), BodyHandlers.fromSubscriber(reader));
        Session session = session();
        double shed = service.meter("websocket.messages.shed");
        sendUntil(
                session,
                OutboundMessage.text("x".repeat(10_000)).orDropped(),
                () -> service.meter("websocket.messages.shed") > shed);
        assertThat(session.isOpen()).isTrue();
        session.close();
        reader.read();
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> reader.text().endsWith("bye 1000\n"));
    }

    private static void sendUntil(Session session, OutboundMessage message, Callable<Boolean> end) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    for (int i = 0; i < 100; i++) { // the client's windows are large
                        session.send(message);
                    }
                    return end.call();
                });
    }

    /** Reads nothing until it is told to, so that the windows of HTTP/2 close. */
    private static final class Slow implements Subscriber<List<ByteBuffer>> {
        private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        private final StringBuffer text = new StringBuffer();

        void read() throws Exception {
            subscription.get(PATIENCE_SECONDS, TimeUnit.SECONDS).request(Long.MAX_VALUE);
        }

        void cancel() throws Exception {
            subscription.get(PATIENCE_SECONDS, TimeUnit.SECONDS).cancel();
        }

        String text() {
            return text.toString();
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(List<ByteBuffer> items) {
            items.forEach(item -> text.append(StandardCharsets.UTF_8.decode(item)));
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onComplete() {}
    }
}
