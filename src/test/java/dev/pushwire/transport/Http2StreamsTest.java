package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import dev.pushwire.stream.EventClient;
import dev.pushwire.stream.EventReader.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event streams over HTTP/2, several of them on one connection. */
class Http2StreamsTest {
    @TempDir
    private static Path directory;

    private static TlsService tls;
    private static HttpClient client;

    private final Topics topics = tls.service().bean(Topics.class);
    private final String topic = "kept." + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.create(directory);
        certificate.write(directory);
        tls = TlsService.start(
                certificate,
                TlsService.bundle(
                        directory,
                        "server.http2.enabled=true",
                        "server.compression.enabled=true",
                        "server.compression.mime-types=text/event-stream",
                        "pushwire.topics[0].name=kept.>",
                        "pushwire.topics[0].history-size=1000"));
        client = HttpClient.newBuilder().sslContext(tls.clientContext()).build();
    }

    @AfterAll
    static void stop() {
        client.shutdownNow();
        tls.service().close();
    }

    private EventClient open(String path, String... headers) {
        EventClient opened = EventClient.open(
                client, URI.create("https://localhost:" + tls.service().port() + path), headers);
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(opened.headers().map()).doesNotContainKeys("connection", "transfer-encoding", "keep-alive");
        return opened;
    }

    /** Tomcat does so where it is told to, and holds nothing back. */
    @Test
    void aCompressedStreamComesAsItIsPublished() {
        try (EventClient client = open("/topics/" + topic, "Accept-Encoding", "gzip")) {
            assertThat(client.headers().firstValue("Content-Encoding")).hasValue("gzip");
            client.await(1);
            for (int i = 0; i < 10; i++) {
                topics.publish(topic, "message " + i);
                assertThat(client.await(2 + i).getLast().data()).isEqualTo("message " + i);
            }
        }
    }

    @Test
    void moreThanABrowserHasConnectionsOver11() {
        EventClient[] all = new EventClient[20];
        for (int i = 0; i < all.length; i++) {
            all[i] = open("/topics/" + topic);
            all[i].await(1);
        }
        topics.publish(topic, "hello");
        topics.publish(topic, "x".repeat(200_000));
        for (EventClient each : all) {
            assertThat(each.await(3)).extracting(Event::data).contains("hello", "x".repeat(200_000));
            each.close();
        }
        await().until(() -> tls.service().meter("websocket.connections.active", "transport", "sse") == 0);
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() {
        String id;
        try (EventClient first = open("/topics/" + topic)) {
            first.await(1);
            id = first.lastEventId();
        }
        topics.publish(topic, "missed");
        try (EventClient back = open("/topics?topic=" + topic, "Last-Event-ID", id)) {
            assertThat(back.await(2).getLast().data()).endsWith("\"data\":\"missed\"}");
        }
    }
}
