package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.broker.Position;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The client against the service itself, over a network that breaks. */
class PushClientTest {
    private static final String[] HISTORY = {
        "pushwire.topics[0].name=kept.>",
        "pushwire.topics[0].history-size=20000",
        "pushwire.topics[0].history-ttl=1h",
        "pushwire.topics[0].publish=public",
        "pushwire.topics[1].name=>",
        "pushwire.topics[1].publish=public"
    };

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningService service = RunningService.with(HISTORY);
    private final FlakyNetwork network = new FlakyNetwork(service.address());
    private final PushClient client = PushClient.of(network.push()).connect();
    private final List<String> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws IOException {
        client.close();
        network.close();
    }

    private PushSubscription follow(String topic) throws Exception {
        PushSubscription subscription = client.subscribe(topic, message -> received.add(message.text()));
        done(subscription.ready());
        return subscription;
    }

    /**
     * Waits longer than the client takes to give up a dead connection and to come back, since the JDK may not report
     * its end.
     */
    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(90, TimeUnit.SECONDS);
    }

    private void awaitReceived(String... texts) {
        await().untilAsserted(() -> assertThat(received).containsExactly(texts));
    }

    @Test
    void receivesTextJsonAndBytes() throws Exception {
        List<Message> messages = new CopyOnWriteArrayList<>();
        done(client.subscribe("forms", messages::add).ready());
        done(client.publish("forms", "grüße"));
        done(client.publishJson("forms", JsonMapper.shared().readTree("{\"a\":[1]}")));
        Position last = done(client.publishBytes("forms", ByteBuffer.wrap(new byte[] {0, -1})));
        await().until(() -> messages.size() == 3);
        assertThat(messages.get(0).text()).isEqualTo("grüße");
        assertThat(messages.get(1).text()).isEqualTo("{\"a\":[1]}");
        assertThat(messages.get(1).isBinary()).isFalse();
        assertThat(messages.get(2).bytes()).containsExactly(0, -1);
        assertThat(messages.get(2).position()).isEqualTo(last);
    }

    @Test
    void twoSubscriptionsToOneTopicAreOneOverTheWire() throws Exception {
        PushSubscription one = follow("shared.topic");
        PushSubscription two = follow("shared.topic");
        assertThat(service.get("/topics/shared.topic").body()).contains("\"subscribers\":1");
        done(client.publish("shared.topic", "a"));
        awaitReceived("a", "a");
        one.close();
        done(client.publish("shared.topic", "b"));
        awaitReceived("a", "a", "b");
        two.close();
        await().until(() -> service.get("/topics/shared.topic").body().contains("\"subscribers\":0"));
    }

    @Test
    void aPatternReceivesWhatMatches() throws Exception {
        follow("stars.*.bright");
        done(client.publish("stars.sirius.bright", "yes"));
        done(client.publish("stars.sirius.dim", "no"));
        done(client.publish("stars.vega.bright", "yes, too"));
        awaitReceived("yes", "yes, too");
    }

    @Test
    void saysByWhichSubscriptionEachCame() throws Exception {
        for (String topic : List.of("moons.*", "moons.io", "*.io")) {
            done(client.subscribe(topic, message -> received.add(message.topic() + " by " + message.subscription()))
                    .ready());
        }
        done(client.publish("moons.io", "seen"));
        await().until(() -> received.size() == 3);
        assertThat(received)
                .containsExactlyInAnyOrder("moons.io by moons.io", "moons.io by moons.*", "moons.io by *.io");
    }

    /** Each of the three ways to publish that a back end has. */
    @Test
    void publicationsSayWhichTraceTheyArePartOf() throws Exception {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0";
        try (RunningService tracing = RunningService.start(
                        "pushwire.push.trace-context=true",
                        "pushwire.topics[0].name=>",
                        "pushwire.topics[0].history-size=10");
                PushClient other = PushClient.of(tracing.ws("/push")).connect()) {
            List<Message> messages = new CopyOnWriteArrayList<>();
            done(other.subscribe("traced.*", messages::add).ready());
            String one = "{\"topic\":\"traced.a\",\"data\":2}";
            String type = "application/json";
            tracing.post("/topics/traced.a", "text/plain", BodyPublishers.ofString("1"), "traceparent", trace + 1);
            tracing.post("/api/publications", type, BodyPublishers.ofString(one), "traceparent", trace + 2);
            tracing.post(
                    "/api/publications/batch",
                    type,
                    BodyPublishers.ofString("{\"publications\":[" + one + "]}"),
                    "traceparent",
                    trace + 3);
            tracing.post("/topics/traced.a", "text/plain", BodyPublishers.ofString("4"));
            await().until(() -> messages.size() == 4);
            assertThat(messages)
                    .extracting(Message::traceparent)
                    .containsExactly(trace + 1, trace + 2, trace + 3, null);
        }
        done(client.subscribe("traced.*", message -> received.add("trace " + message.traceparent()))
                .ready());
        service.post("/topics/traced.a", "text/plain", BodyPublishers.ofString("1"), "traceparent", trace + 1);
        awaitReceived("trace null");
    }

    @Test
    void nothingIsLostOrDoubledWhileConnectionsAreCut() throws Exception {
        int messages = 3_000;
        follow("kept.numbers");
        Random random = new Random(7);
        List<CompletableFuture<Position>> published = new CopyOnWriteArrayList<>();
        for (int i = 0; i < messages; i++) {
            published.add(client.publish("kept.numbers", Integer.toString(i)));
            if (i % 100 == 0) {
                done(published.getLast());
            }
            if (random.nextInt(500) == 0) {
                network.cut();
            }
        }
        done(CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)));
        await().atMost(Duration.ofMinutes(1)).until(() -> received.size() >= messages);
        assertThat(received)
                .containsExactlyElementsOf(
                        IntStream.range(0, messages).mapToObj(Integer::toString).toList());
    }

    @Test
    void saysWhenWhatWasMissedCannotBeHad() throws Exception {
        AtomicInteger resets = new AtomicInteger();
        PushSubscription subscription = follow("kept.reset");
        subscription.onReset(resets::incrementAndGet);
        done(client.publish("kept.reset", "before"));
        awaitReceived("before");
        try (RunningService other = RunningService.start(HISTORY)) {
            network.leadTo(other.address());
            await().until(() -> resets.get() == 1);
            done(client.publish("kept.reset", "after"));
            awaitReceived("before", "after");
        }
    }

    @Test
    void saysThatAPatternMayHaveMissedSomethingAfterALoss() throws Exception {
        AtomicInteger resets = new AtomicInteger();
        follow("kept.*").onReset(resets::incrementAndGet);
        done(client.publish("kept.a", "before"));
        awaitReceived("before");
        assertThat(resets).hasValue(0);
        network.cut();
        await().atMost(PATIENCE).until(() -> resets.get() > 0);
        done(client.publish("kept.a", "after"));
        awaitReceived("before", "after");
    }

    @Test
    void goesOnFromAPosition() throws Exception {
        Position first = done(client.publish("kept.since", "seen"));
        done(client.publish("kept.since", "missed"));
        client.subscribe("kept.since", first, message -> received.add(message.text()));
        awaitReceived("missed");
    }

    @Test
    void whatIsForbiddenFailsAndIsNotTriedAgain() throws Exception {
        try (RunningService closed =
                        RunningService.start("pushwire.topics[0].name=secret", "pushwire.topics[0].subscribe=none");
                PushClient other = PushClient.of(closed.ws("/push")).connect()) {
            PushSubscription subscription = other.subscribe("secret", message -> {});
            assertThatThrownBy(() -> done(subscription.ready()))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            PushException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("forbidden"));
        }
    }

    /** Each subscription and each publication as a command of its own, at once, would end the connection, and the next one, too. */
    @Test
    void sendsAServiceThatAllowsFewCommandsASecondNoMore() throws Exception {
        try (RunningService strict = RunningService.start(
                        "pushwire.limits.messages-per-second=20",
                        "pushwire.topics[0].name=>",
                        "pushwire.topics[0].publish=public");
                PushClient eager = PushClient.of(strict.ws("/push")).connect()) {
            List<CompletableFuture<Void>> ready = IntStream.range(0, 250)
                    .mapToObj(i -> eager.subscribe("topic." + i, message -> received.add(message.text()))
                            .ready())
                    .toList();
            List<CompletableFuture<Position>> published = IntStream.range(0, 40)
                    .mapToObj(i -> eager.publish("topic." + i, Integer.toString(i)))
                    .toList();
            for (CompletableFuture<?> each : ready) {
                done(each);
            }
            for (CompletableFuture<?> each : published) {
                done(each);
            }
            assertThat(strict.meter("websocket.connections.opened")).isEqualTo(1);
        }
    }

    @Test
    void isToldOfEachTopicThatIsRefused() throws Exception {
        try (RunningService half =
                        RunningService.start("pushwire.topics[0].name=secret.>", "pushwire.topics[0].subscribe=none");
                PushClient curious = PushClient.of(half.ws("/push")).connect()) {
            PushSubscription one = curious.subscribe("secret.one", message -> {});
            PushSubscription open = curious.subscribe("open", message -> {});
            PushSubscription two = curious.subscribe("secret.two", message -> {});
            for (PushSubscription refused : List.of(one, two)) {
                assertThatThrownBy(() -> done(refused.ready()))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(PushException.class)
                        .satisfies(e -> assertThat(((PushException) e.getCause()).code())
                                .isEqualTo("forbidden"));
            }
            done(open.ready());
        }
    }

    @Test
    void aListenerThatThrowsKeepsNothingFromTheOthers() throws Exception {
        client.subscribe("kept.thrown", message -> {
            throw new IllegalStateException("on purpose");
        });
        PushSubscription[] second = new PushSubscription[1];
        done(client.subscribe("kept.thrown", message -> second[0].close()).ready());
        second[0] = client.subscribe("kept.thrown", message -> received.add("closed meanwhile"));
        client.subscribe("kept.thrown", message -> received.add(message.text()));
        done(client.publish("kept.thrown", "a"));
        done(client.publish("kept.thrown", "b"));
        awaitReceived("a", "b");
    }

    /** The token takes a command, too. */
    @Test
    void asManyPublicationsAsMayWaitHoldUpNoConnection() throws Exception {
        try (RunningService guarded = RunningService.start(
                        "pushwire.access.jwt.secret=" + Tokens.SECRET,
                        "pushwire.topics[0].name=>",
                        "pushwire.topics[0].publish=authenticated");
                PushClient known = PushClient.of(guarded.ws("/push"))
                        .token(() -> Tokens.of("ada").signed())
                        .mostPending(1)
                        .connect()) {
            done(known.publish("any", "text"));
        }
    }

    @Test
    void noMoreCommandsWaitThanMay() throws Exception {
        URI nowhere = URI.create("ws://localhost:1/push");
        try (PushClient waiting = PushClient.of(nowhere).mostPending(3).connect()) {
            List<CompletableFuture<Position>> published = IntStream.range(0, 10)
                    .mapToObj(i -> waiting.publish("any", "text"))
                    .toList();
            assertThat(published.subList(3, 10))
                    .allSatisfy(each -> assertThat(each).isCompletedExceptionally());
        }
    }

    @Test
    void renewsItsTokenBeforeItExpires() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (RunningService guarded = RunningService.start(
                        "pushwire.access.jwt.secret=" + Tokens.SECRET, "pushwire.access.anonymous=false");
                PushClient known = PushClient.of(guarded.ws("/push"))
                        .token(() -> {
                            asked.incrementAndGet();
                            return Tokens.of("ada")
                                    .expiring(Instant.now().plusSeconds(6))
                                    .signed();
                        })
                        .connect()) {
            done(known.subscribe("anything", message -> received.add(message.text()))
                    .ready());
            await().until(() -> asked.get() >= 3);
            assertThat(guarded.meter("websocket.connections.opened")).isEqualTo(1);
        }
    }

    @Test
    void aTopicThatIsNoneIsRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> client.subscribe("no such..topic", message -> {}));
    }

    @Test
    void nothingWaitsBehindTheEnd() {
        PushClient other = PushClient.of(network.push()).connect();
        CompletableFuture<Position> before = other.publish("any", "text");
        other.close();
        assertThat(before).isDone();
        assertThat(other.publish("any", "text")).isCompletedExceptionally();
    }

    private static long selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .count();
    }

    /** The client of the HTTP connections has a thread. */
    @Test
    void leavesNoThreadAndNoConnectionBehind() throws Exception {
        done(client.publish("any", "text")); // which counts, too
        double before = service.meter("websocket.connections.active");
        long selectors = selectors();
        for (int i = 0; i < 5; i++) {
            PushClient other = PushClient.of(service.ws("/push")).connect();
            if (i % 2 == 0) {
                done(other.publish("any", "text")); // the others are closed while they connect
            }
            other.close();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.meter("websocket.connections.active"))
                        .isLessThanOrEqualTo(before));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(selectors()).isLessThanOrEqualTo(selectors));
    }

    @Test
    void leavesTheHttpClientThatItWasGivenToItsOwner() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            PushClient one = PushClient.of(service.ws("/push")).http(http).connect();
            done(one.publish("any", "text"));
            one.close();
            try (PushClient other =
                    PushClient.of(service.ws("/push")).http(http).connect()) {
                done(other.publish("any", "text"));
            }
        }
    }

    /** A service that no longer reads, and so answers no Close. */
    @Test
    void doesNotWaitForAServiceThatIsSilent() throws Exception {
        long selectors = selectors();
        try (SilentService silent = new SilentService()) {
            PushClient other = PushClient.of(silent.push()).connect();
            silent.awaitClient();
            other.close();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(selectors()).isLessThanOrEqualTo(selectors));
        }
    }
}
