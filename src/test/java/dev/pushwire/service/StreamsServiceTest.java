package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.ConnectionOrder;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.Connections;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.service.StreamBeans.Door;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Responses that go on, over real sockets: HTTP/1.1 and HTTP/1.0. */
class StreamsServiceTest {
    private static final HandshakeText GET = new HandshakeText("GET /stream HTTP/1.1", List.of("Host: localhost"));
    private static final long PATIENCE_SECONDS = 30;

    private final RunningService service = RunningService.with(
            new Class<?>[] {StreamBeans.class},
            "server.tomcat.max-connections=10",
            "server.compression.enabled=true",
            "server.compression.mime-types=text/event-stream",
            "server.compression.min-response-size=1B",
            "pushwire.websocket.outbox-limit=64KB");

    private final Door door = service.bean(Door.class);

    @AfterEach
    void everythingIsGivenBack() {
        ConnectionRegistry registry = service.bean(ConnectionRegistry.class);
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).untilAsserted(() -> {
            assertThat(service.openConnections()).as("streams open").isZero();
            assertThat(registry.size()).as("places taken").isZero();
            assertThat(service.httpConnections())
                    .as("connections that Tomcat counts")
                    .isZero();
            assertThat(door.group.size()).isZero();
        });
        door.opened.clear();
        door.closed.clear();
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void goOnFromTheirHeadToTheirLastChunk() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(
                    GET.and("Connection: keep-alive", "Accept-Encoding: gzip").bytes());
            Session session = session();
            session.send("one\n");
            session.close(new CloseStatus(4000));
            HttpReply reply = client.readReply();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo(StreamBeans.HELLO + "one\nbye 4000\n");
            assertThat(reply.headers())
                    .containsEntry("Content-Type", "text/event-stream")
                    .containsEntry("X-Of-The-Door", "yes")
                    .containsEntry("Transfer-Encoding", "chunked")
                    .containsEntry("Connection", "close")
                    .containsKey("Date")
                    .doesNotContainKeys("Content-Encoding", "Keep-Alive", "Content-Length");
            client.assertEndOfStream();
            assertThat(closed().code()).isEqualTo(4000);
        }
    }

    @Test
    void lastUntilTheConnectionEndsOverHttp10() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(GET.requestLine("GET /stream HTTP/1.0").bytes());
            session().close();
            HttpReply head = client.readReplyHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).doesNotContainKeys("Transfer-Encoding", "Content-Length");
            assertThat(client.readRest()).isEqualTo(StreamBeans.HELLO + "bye 1000\n");
            closed();
        }
    }

    /** The head is there before anything is published, and the first line with it. */
    @Test
    void beginAtOnceAfterABodyToo() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(
                    GET.requestLine("POST /stream HTTP/1.1")
                            .and("Content-Length: 5")
                            .bytes(),
                    ascii("hello"));
            assertThat(client.readReplyHead().status()).isEqualTo(200);
            assertThat(client.readText("6\r\nhello\n\r\n".length())).isEqualTo("6\r\nhello\n\r\n");
            session();
        }
        assertThat(closed().code()).isEqualTo(1006);
    }

    @Test
    void takeNoConnectionFromHttpAndAreInGroups() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) { // HTTP has room for 10
                RawClient client = RawClient.connect(service);
                clients.add(client);
                client.send(GET.bytes());
                session();
            }
            await().until(() -> service.httpConnections() == 0);
            assertThat(service.meter("websocket.connections.active", "endpoint", "/stream", "transport", "test"))
                    .isEqualTo(50);
            ConnectionFilter streams = new ConnectionFilter("/stream", null, null, Duration.ZERO, 0);
            assertThat(service.bean(Connections.class)
                            .list(streams, ConnectionOrder.AGE, 0, 100)
                            .connections())
                    .hasSize(50)
                    .allMatch(connection -> connection.transport().equals("test"));
            door.group.send(OutboundMessage.text("to all\n"));
            door.group.close(new CloseStatus(4001));
            for (RawClient client : clients) {
                assertThat(client.readReply().body()).isEqualTo(StreamBeans.HELLO + "to all\nbye 4001\n");
            }
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void beatWhenTheyAreQuiet() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(GET.bytes());
            client.readReplyHead();
            String first = "6\r\nhello\n\r\n2\r\n:\n\r\n";
            assertThat(client.readText(first.length())).isEqualTo(first);
            session();
        }
        closed();
    }

    /** As does a client that asks for something else too soon. */
    @Test
    void bearALittleMore() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(GET.bytes(), GET.bytes());
            Session session = session();
            client.send(ascii("GET / HTTP/1.1\r\n"));
            session.send("still here\n");
            session.close();
            assertThat(client.readReply().body()).isEqualTo(StreamBeans.HELLO + "still here\nbye 1000\n");
            assertThat(closed().code()).isEqualTo(1000);
        }
    }

    /** A dribble without end. */
    @Test
    void endWhereTheClientGoesOnSending() throws Exception {
        try (RawClient client = RawClient.connect(service)) {
            client.send(GET.bytes());
            session();
            client.dribble(new byte[5_000]);
            client.send(new byte[12_000]);
            assertThat(client.readReply().body()).isEqualTo(StreamBeans.HELLO + "bye 1002\n");
            assertThat(closed().code()).isEqualTo(1002);
        }
    }

    @Test
    void endWhenTheClientIsGone() throws Exception {
        for (boolean reset : List.of(true, false)) {
            RawClient client = RawClient.connect(service);
            client.send(GET.bytes());
            session();
            if (reset) {
                client.reset();
            } else {
                client.finish();
                client.readReplyHead();
            }
            assertThat(closed().code()).isEqualTo(1006);
            client.close();
        }
    }

    @Test
    void endWhenTheyAreNeverRead() throws Exception {
        try (RawClient client = RawClient.connect(service, 4096)) {
            client.send(GET.bytes());
            Session session = session();
            OutboundMessage message = OutboundMessage.text("x".repeat(10_000));
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        session.send(message);
                        return !session.isOpen();
                    });
            assertThat(closed().code()).isEqualTo(1013);
            assertThat(client.readReply().body()).endsWith("bye 1013\n");
        }
    }

    @Test
    void missWhatSlowClientsMay() throws Exception {
        try (RawClient client = RawClient.connect(service, 4096)) {
            client.send(GET.bytes());
            Session session = session();
            OutboundMessage message = OutboundMessage.text("x".repeat(10_000)).orDropped();
            double shed = service.meter("websocket.messages.shed");
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        session.send(message);
                        return service.meter("websocket.messages.shed") > shed;
                    });
            assertThat(session.isOpen()).isTrue();
            session.close();
            assertThat(client.readReply().body()).endsWith("bye 1000\n");
        }
        closed();
    }
}
