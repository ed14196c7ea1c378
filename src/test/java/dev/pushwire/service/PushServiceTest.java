package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.Opcode;
import dev.pushwire.pushprotocol.ProtocolSchema;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** {@code /push} and what recovers, over real sockets. */
class PushServiceTest {
    private final RunningService service = RunningService.with(
            "pushwire.topics[0].name=kept.>",
            "pushwire.topics[0].history-size=10000",
            "pushwire.topics[0].presence=events",
            "pushwire.topics[0].publish=public");

    private String publish(String topic, String text) {
        String answer = service.post("/topics/" + topic, "text/plain", BodyPublishers.ofString(text))
                .body();
        return answer.replaceAll(".*\"position\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void oneConnectionHasManyTopics() {
        try (PushClient client = PushClient.open(service)) {
            assertThat(client.subprotocol()).isEqualTo("pushwire.v1.json");
            client.subscribe("many.a").next("subscribed");
            client.subscribe("many.b").next("subscribed");
            publish("many.a", "one");
            publish("many.c", "not this");
            publish("many.b", "two");
            assertThat(client.next("publication").path("data").asString()).isEqualTo("one");
            JsonNode second = client.next("publication");
            assertThat(second.path("topic").asString()).isEqualTo("many.b");
            assertThat(second.path("data").asString()).isEqualTo("two");
        }
    }

    @Test
    void clientsSeeEachOtherComeAndGoAndPublish() {
        try (PushClient ada = PushClient.open(service)) {
            ada.send("{'type':'subscribe','id':1,'topic':'kept.room','info':'ada'}")
                    .next("subscribed");
            ada.next("joined");
            PushClient bob = PushClient.open(service);
            bob.send("{'type':'subscribe','id':1,'topic':'kept.room','info':'bob'}")
                    .next("subscribed");
            assertThat(ada.next("joined").path("info").asString()).isEqualTo("bob");
            bob.send("{'type':'publish','id':2,'topic':'kept.room','data':{'hi':[1]}}");
            assertThat(ada.next("publication").path("data").toString()).isEqualTo("{\"hi\":[1]}");
            ada.send("{'type':'presence','id':3,'topic':'kept.room'}");
            assertThat(ada.next("presence").path("members")).hasSize(2);
            bob.cut();
            assertThat(ada.next("left").path("info").asString()).isEqualTo("bob");
        }
    }

    @Test
    void malformedCommandsInARowEndTheConnection() {
        try (RawClient client = RawClient.open(service, "/push")) {
            for (int i = 0; i < 16; i++) {
                client.sendText("hello");
            }
            assertThat(client.readUntilClose().closeCode()).isEqualTo(4400);
        }
    }

    @Test
    void eachCommandCountsHoweverManyAreInAMessage() {
        RunningService strict = RunningService.with("pushwire.limits.messages-per-second=5");
        String five = "{\"type\":\"ping\",\"id\":1}\n".repeat(5);
        try (RawClient client = RawClient.open(strict, "/push");
                RawClient greedy = RawClient.open(strict, "/push")) {
            client.sendText(five);
            assertThat(client.assertFrameReceived(Opcode.TEXT).text()).hasLineCount(5);
            greedy.sendText(five + five);
            greedy.assertClosed(4429);
        }
    }

    /** A client that comes back with all its subscriptions is not sent away again for it. */
    @Test
    void aSubscriptionToManyTopicsCountsOnce() {
        RunningService strict = RunningService.with("pushwire.limits.messages-per-second=5");
        try (PushClient client = PushClient.open(strict)) {
            int allowed = client.send("{'type':'connect','id':0}")
                    .next("connected")
                    .path("limits")
                    .path("commandsPerSecond")
                    .asInt();
            assertThat(allowed).isEqualTo(5);
            String topics = IntStream.range(0, 60)
                    .mapToObj(i -> "{'topic':'a." + i + "'}")
                    .collect(Collectors.joining(","));
            client.send("{'type':'subscribe','id':1,'topics':[" + topics + "]}");
            for (int i = 0; i < 60; i++) {
                assertThat(client.next("subscribed").path("topic").asString()).isEqualTo("a." + i);
            }
            client.send("{'type':'ping','id':2}").next("pong");
        }
    }

    @Test
    void aSubscriberBeginsWithTheNewest() {
        publish("kept.newest", "one");
        publish("kept.newest", "two");
        try (RawClient raw = RawClient.open(service, "/topics/kept.newest?last=1");
                PushClient many = PushClient.open(service)) {
            raw.assertText("two");
            many.send("{'type':'subscribe','id':1,'topic':'kept.newest','last':1}")
                    .next("subscribed");
            assertThat(nextPublication(many)).isEqualTo("two");
            publish("kept.newest", "three");
            raw.assertText("three");
            assertThat(nextPublication(many)).isEqualTo("three");
        }
    }

    /** Who comes and goes is told in between. */
    private static String nextPublication(PushClient client) {
        JsonNode message = client.next();
        while (!message.path("type").asString().equals("publication")) {
            message = client.next();
        }
        return message.path("data").asString();
    }

    @Test
    void aRawSubscriberCountsAndComesBack() {
        String position = publish("kept.raw", "one");
        publish("kept.raw", "two");
        try (RawClient client = RawClient.open(service, "/topics/kept.raw?since=" + position)) {
            client.assertText("two");
            publish("kept.raw", "three");
            client.assertText("three");
        }
        try (RawClient client = RawClient.open(service, "/topics/kept.raw?since=another:1")) {
            client.assertCloseReceived(4410);
            client.send(ClientFrames.close(4410, "")); // else the service waits for it
            client.assertEndOfStream();
        }
        try (RawClient client = RawClient.connect(service)) {
            client.ask(HandshakeText.of("/topics/kept.raw?since=1")).assertRefused(400, "<epoch>:<offset>");
        }
    }

    @Test
    void theSchemaIsServed() {
        assertThat(service.get("/protocol/pushwire.v1.schema.json").body()).isEqualTo(ProtocolSchema.text());
    }

    /** Clients of either kind are cut off and come back, while others publish. */
    @Test
    @Timeout(60)
    void whoIsCutOffAndComesBackHasEverythingOnceAndInOrder() throws Exception {
        int count = 1500;
        String start = service.get("/topics/kept.cut").body().replaceAll(".*\"position\":\"([^\"]+):0\".*", "$1");
        List<String> all =
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> clients = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                clients.add(threads.submit(() -> receiveOverPush(start, count)));
                clients.add(threads.submit(() -> receiveRaw(start, count)));
            }
            for (int i = 1; i <= count; i++) {
                publish("kept.cut", Integer.toString(i));
            }
            for (Future<List<String>> client : clients) {
                assertThat(client.get()).isEqualTo(all);
            }
        }
    }

    private List<String> receiveOverPush(String epoch, int count) {
        List<String> received = new ArrayList<>();
        while (received.size() < count) {
            try (PushClient client = PushClient.open(service)) {
                client.subscribe("kept.cut", epoch + ":" + received.size());
                assertThat(client.next("subscribed").path("recovered").asBoolean())
                        .isTrue();
                int most = received.size() + ThreadLocalRandom.current().nextInt(1, 600);
                while (received.size() < Math.min(most, count)) {
                    JsonNode message = client.next();
                    if (message.path("type").asString().equals("publication")) {
                        assertThat(message.path("offset").asLong()).isEqualTo(received.size() + 1);
                        received.add(message.path("data").asString());
                    }
                }
            }
        }
        return received;
    }

    private List<String> receiveRaw(String epoch, int count) {
        List<String> received = new ArrayList<>();
        while (received.size() < count) {
            String since = epoch + ":" + received.size();
            try (RawClient client = RawClient.open(service, "/topics/kept.cut?since=" + since)) {
                int most = received.size() + ThreadLocalRandom.current().nextInt(1, 600);
                while (received.size() < Math.min(most, count)) {
                    received.add(client.readFrame().text());
                }
            }
        }
        return received;
    }
}
