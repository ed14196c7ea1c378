package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.stream.EventClient;
import dev.pushwire.stream.EventReader.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of event streams that do not read, or do not stop sending. The service gives them up, and all others get
 * everything.
 */
class StreamsTest {
    private static final int SMALL_WINDOW = 4096;
    private static final RunningService SERVICE = RunningService.with(
            "pushwire.websocket.outbox-limit=256KB",
            "pushwire.websocket.close-timeout=2s",
            "pushwire.push.http.poll-timeout=1s");

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    private final Topics topics = SERVICE.bean(Topics.class);

    private static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Uses a connection that ends with the request. The end of the test would wait for one that is kept open. */
    private static String get(String path) {
        try (RawClient client = RawClient.connect(SERVICE)) {
            client.send(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return client.readReply().body();
        }
    }

    /**
     * With one topic, the event loop has the members of a group. With several topics, each stream has its own events.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/topics/stuck", "/topics?topic=stuck&topic=other"})
    void whoNeverReadsIsGivenUpAndLeavesNothing(String path) {
        Moves backlogged = Moves.ofEnding(SERVICE, "Backlogged");
        String text = "x".repeat(50_000);
        try (RawClient stuck = RawClient.connect(SERVICE, SMALL_WINDOW);
                EventClient well = EventClient.open(SERVICE.http(path))) {
            stuck.send(request(path));
            await().until(() -> get("/topics/stuck").contains("\"subscribers\":2"));
            int sent = 0;
            while (get("/topics/stuck").contains("\"subscribers\":2")) {
                topics.publish("stuck", text);
                sent++;
                int all = sent;
                await().pollDelay(Duration.ZERO) // there are a hundred and more until the socket is full
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> messages(well).size() == all);
            }
            assertThat(messages(well)).allMatch(event -> event.data().contains(text));
            backlogged.awaitBy(1);
        }
    }

    private static List<Event> messages(EventClient client) {
        return client.events().stream()
                .filter(event -> event.type().equals("message"))
                .toList();
    }

    @Test
    void whoGoesOnSendingIsGivenUp() {
        Moves violated = Moves.ofEnding(SERVICE, "PeerViolated");
        try (RawClient client = RawClient.connect(SERVICE)) {
            client.send(request("/topics/talker"));
            assertThat(client.readReplyHead().status()).isEqualTo(200);
            client.send(new byte[64 * 1024]);
            assertThat(client.readRest()).contains("event: close\n", "\"code\":1002");
            violated.awaitBy(1);
        }
    }

    @Test
    void whoComesAndGoesLeavesNothing() {
        for (int i = 0; i < 200; i++) {
            try (RawClient client = RawClient.connect(SERVICE)) {
                client.send(request("/topics/passing." + i % 10));
                if (i % 2 == 0) {
                    assertThat(client.readReplyHead().status()).isEqualTo(200);
                }
                client.reset();
            }
        }
        await().until(() -> SERVICE.meter("websocket.connections.active", "transport", "sse") == 0);
        await().untilAsserted(() -> assertThat(get("/topics")).isEqualTo("{\"topics\":[]}"));
    }
}
