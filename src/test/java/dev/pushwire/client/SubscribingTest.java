package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Position;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the client makes of the answers to its subscriptions. */
class SubscribingTest {
    private final ScriptedService service = new ScriptedService();
    private final List<String> received = new CopyOnWriteArrayList<>();

    SubscribingTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    private PushSubscription follow(PushClient client, String topic) {
        return client.subscribe(topic, message -> received.add(message.text()));
    }

    private static String subscribed(JsonNode command, int offset) {
        return "{'type':'subscribed','id':%d,'topic':'news','epoch':'e','offset':%d,'recovered':true}"
                .formatted(command.path("id").asLong(), offset);
    }

    private static String publication(int offset) {
        return "{'type':'publication','topic':'news','epoch':'e','offset':%d,'data':'%d'}".formatted(offset, offset);
    }

    /** The token may name topics. Their subscription begins now, before the client can say where it left off. */
    @Test
    void continuesWhereItWasAlsoWhereTheServiceSubscribesItBefore() throws Exception {
        try (PushClient client =
                PushClient.of(service.push()).token(() -> "a token").connect()) {
            follow(client, "news");
            ScriptedService.Peer first = service.awaitClient();
            authenticate(first);
            first.say(subscribed(first.awaitCommand("subscribe"), 0), publication(1));
            await().untilAsserted(() -> assertThat(received).containsExactly("1"));
            first.end();
            ScriptedService.Peer second = service.awaitClient();
            authenticate(second, "{'type':'subscribed','topic':'news','epoch':'e','offset':3}", publication(4));
            JsonNode again = second.awaitCommand("subscribe");
            assertThat(again.at("/topics/0/since").asString()).isEqualTo("e:1");
            second.say(subscribed(again, 1), publication(2), publication(3), publication(4), publication(5));
            await().untilAsserted(() -> assertThat(received).containsExactly("1", "2", "3", "4", "5"));
        }
    }

    private static void authenticate(ScriptedService.Peer peer, String... behind) throws InterruptedException {
        long id = peer.awaitCommand("authenticate").path("id").asLong();
        String answer = "{'type':'authenticated','id':" + id + ",'expiresIn':3600}";
        peer.say(answer + "\n" + String.join("\n", behind));
    }

    /** A second command for the topic would be refused, and the subscription would end without a word. */
    @Test
    void asksOnceWhereAnotherConnectionCameBeforeTheNextTry() throws Exception {
        try (PushClient client = waiting(true, false, true)) {
            follow(client, "news");
            ScriptedService.Peer first = service.awaitClient();
            first.say(unavailable(first.awaitCommand("subscribe"), "news")); // the client tries again in a second
            first.end(); // and connects again in half a second
            ScriptedService.Peer second = service.awaitClient();
            second.say(subscribed(second.awaitCommand("subscribe"), 0));
            client.subscribe("other", message -> {});
            second.say(unavailable(second.awaitCommand("subscribe"), "other")); // tries again behind the other
            assertThat(second.awaitCommand("subscribe").at("/topics/0/topic").asString())
                    .isEqualTo("other");
        }
    }

    /** A client whose waits are known: each is as long, or as short, as it may be. */
    private PushClient waiting(Boolean... isLong) {
        Iterator<Boolean> next = List.of(isLong).iterator();
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong(long bound) {
                return next.hasNext() && next.next() ? bound - 1 : 0;
            }

            @Override
            public long nextLong() {
                throw new AssertionError();
            }
        };
        PushClient client = new PushClient(
                service.push(),
                HttpClient.newHttpClient(),
                true,
                null,
                new Commands(10, System::nanoTime),
                new Backoff(random, System::nanoTime));
        client.connect();
        return client;
    }

    private static String unavailable(JsonNode command, String topic) {
        return "{'type':'error','id':%d,'topic':'%s','code':'unavailable','message':'no'}"
                .formatted(command.path("id").asLong(), topic);
    }

    @Test
    void aTopicThatIsTakenAgainBeginsWithItsOwnAnswer() throws Exception {
        try (PushClient client = PushClient.of(service.push()).connect()) {
            follow(client, "other");
            ScriptedService.Peer peer = service.awaitClient();
            peer.awaitCommand("subscribe");
            follow(client, "news").close();
            PushSubscription news =
                    client.subscribe("news", new Position("e", 7), message -> received.add(message.text()));
            JsonNode left = peer.awaitCommand("subscribe");
            peer.awaitCommand("unsubscribe");
            JsonNode taken = peer.awaitCommand("subscribe");
            peer.say(subscribed(left, 9), publication(10));
            peer.say(subscribed(taken, 7), publication(8), publication(9), publication(10), publication(11));
            news.ready().get(30, TimeUnit.SECONDS);
            await().untilAsserted(() -> assertThat(received).containsExactly("8", "9", "10", "11"));
        }
    }
}
