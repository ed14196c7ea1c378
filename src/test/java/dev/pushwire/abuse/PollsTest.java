package dev.pushwire.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import dev.pushwire.pushprotocol.LineStream;
import dev.pushwire.pushprotocol.PollingClient;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Clients of {@code /push} without a WebSocket that break off, do not come back, do not read, or send very slowly. */
class PollsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RunningService SERVICE = RunningService.with(
            "pushwire.websocket.outbox-limit=256KB",
            "pushwire.websocket.close-timeout=1s",
            "pushwire.websocket.handshake-timeout=1s",
            "pushwire.push.http.poll-timeout=1s");

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    private final Topics topics = SERVICE.bean(Topics.class);

    private static PollingClient subscribed(String topic) throws IOException {
        PollingClient client = new PollingClient(SERVICE::http);
        client.open("{'type':'subscribe','id':1,'topic':'" + topic + "'}").next("subscribed");
        return client;
    }

    private static double polled() {
        return SERVICE.meter("websocket.connections.active", "transport", "poll");
    }

    private static byte[] poll(PollingClient client) {
        return ("GET /push/" + client.session() + "?ack=" + client.acknowledged()
                        + "&wait=50 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(US_ASCII);
    }

    @Test
    void sessionsWhosePollersBreakOffAndDoNotComeBackEnd() throws IOException {
        Moves quiet = Moves.ofEnding(SERVICE, "WentQuiet");
        for (int i = 0; i < 100; i++) {
            PollingClient client = subscribed("left." + i % 10);
            try (RawClient poller = RawClient.connect(SERVICE)) {
                poller.send(poll(client));
                if (i % 2 == 0) {
                    assertThat(poller.readReplyHead().status()).isEqualTo(200);
                }
                poller.reset();
            }
        }
        quiet.awaitBy(100);
        await().atMost(PATIENCE).until(() -> SERVICE.meter("websocket.requests.waiting") == 0);
        await().atMost(PATIENCE).until(() -> polled() == 0);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(SERVICE.get("/topics").body()).isEqualTo("{\"topics\":[]}"));
    }

    @Test
    void whoPollsTooRarelyIsGivenUpWhenItIsSentTooMuch() throws IOException {
        Moves backlogged = Moves.ofEnding(SERVICE, "Backlogged");
        subscribed("stuck");
        while (polled() > 0) {
            topics.publish("stuck", "x".repeat(50_000));
        }
        backlogged.awaitBy(1);
    }

    @Test
    void aStreamThatIsNeverReadIsGivenUp() {
        Moves backlogged = Moves.ofEnding(SERVICE, "Backlogged");
        String subscribe = "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"stuck\"}";
        try (RawClient stuck = RawClient.connect(SERVICE, 4096)) {
            stuck.send(("POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + subscribe.length() + "\r\n\r\n"
                            + subscribe)
                    .getBytes(US_ASCII));
            await().atMost(PATIENCE)
                    .until(() -> SERVICE.get("/topics/stuck").body().contains("\"subscribers\":1"));
            while (SERVICE.get("/topics/stuck").body().contains("\"subscribers\":1")) {
                topics.publish("stuck", "x".repeat(50_000));
            }
            backlogged.awaitBy(1);
        }
    }

    @Test
    void aBodyThatDribblesIsGivenUp() {
        assertDribblingIsGivenUp("/push");
        String opened = SERVICE.get("/socket.io/?EIO=4&transport=polling").body();
        String sid = opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        assertDribblingIsGivenUp("/socket.io/?EIO=4&transport=polling&sid=" + sid);
        SERVICE.post("/socket.io/?EIO=4&transport=polling&sid=" + sid, "text/plain", BodyPublishers.ofString("1"));
    }

    private static void assertDribblingIsGivenUp(String path) {
        try (RawClient client = RawClient.connect(SERVICE)) {
            client.send(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n")
                    .getBytes(US_ASCII));
            Thread dribbling = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        client.send(new byte[] {' '});
                        Thread.sleep(100);
                    }
                } catch (InterruptedException | RuntimeException | AssertionError e) {
                    // the service gave it up
                }
            });
            assertThat(client.readReplyHead().status()).isEqualTo(408);
            dribbling.interrupt();
        }
    }

    /** Many polls of one session: each ends the one before. */
    @Test
    void manyPollsOfOneSessionAreOne() throws IOException {
        PollingClient client = subscribed("many");
        List<RawClient> pollers = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                RawClient poller = RawClient.connect(SERVICE);
                pollers.add(poller);
                poller.send(poll(client));
            }
            await().atMost(PATIENCE).until(() -> SERVICE.meter("websocket.requests.waiting") == 1);
        } finally {
            pollers.forEach(RawClient::close);
        }
    }

    /** Each request is answered by its own session. */
    @Test
    void aNeighbourIsServedMeanwhile() throws IOException {
        PollingClient client = subscribed("mine");
        CompletableFuture<JsonNode> publication = // a client that polls does not stay away, however long the rest takes
                CompletableFuture.supplyAsync(() -> client.next("publication"), Thread::startVirtualThread);
        for (int i = 0; i < 200; i++) {
            assertThat(SERVICE.get("/push/" + guess(client.session(), i) + "?ack=0")
                            .statusCode())
                    .isEqualTo(404);
        }
        topics.publish("mine", "hello");
        assertThat(publication.join().path("data").asString()).isEqualTo("hello");
        HttpRequest.Builder open = HttpRequest.newBuilder(SERVICE.http("/push")).POST(BodyPublishers.noBody());
        try (LineStream stream = LineStream.open(open)) {
            stream.next("connected");
        }
    }

    /** The id with another last character, or with another secret. */
    private static String guess(String session, int i) {
        int known = session.indexOf('-') + 1 + (i % 2 == 0 ? 31 : 8);
        char other = session.charAt(known) == 'A' ? 'B' : 'A';
        return session.substring(0, known) + other + session.substring(known + 1);
    }
}
