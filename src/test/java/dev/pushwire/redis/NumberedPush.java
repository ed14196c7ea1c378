package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Publishes numbers to a topic, and knows what one client of {@code /push} has got of them. It is never far ahead of that client, so
 * whatever happens to the client happens between two of its messages.
 */
final class NumberedPush {
    static final int COUNT = 10_000;

    /** Published with one round trip. */
    private static final int SOME = 50;

    private static final int AHEAD = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TopicName topic;
    private final List<String> received = new ArrayList<>();
    private final Semaphore room = new Semaphore(AHEAD);
    private final CompletableFuture<Void> published;
    private String epoch;
    private long offset;
    private boolean subscribed;

    /** @param epoch of the topic, to which nothing was published yet */
    NumberedPush(Hub hub, String topic, String epoch) {
        this.topic = new TopicName(topic);
        this.epoch = epoch;
        this.published = CompletableFuture.runAsync(() -> publishAll(hub), Thread::startVirtualThread);
    }

    private void publishAll(Hub hub) {
        for (int i = 0; i < COUNT; i += SOME) {
            room.acquireUninterruptibly(SOME);
            List<PublishRequest> some =
                    IntStream.range(i, i + SOME).mapToObj(this::publication).toList();
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> hub.publish(some).stream().allMatch(PublishOutcome.Made.class::isInstance));
        }
    }

    /** Has an idempotency key, since it is unknown whether a publication was made if Redis is lost. */
    private PublishRequest publication(int number) {
        return new PublishRequest(topic, Payload.text("" + number), new PublishOptions("key-" + number, null));
    }

    /** The command of a client that goes on where it was; with single quotes. */
    String subscribe() {
        return "{'type':'subscribe','id':1,'topic':'" + topic + "','since':'" + epoch + ":" + offset + "'}";
    }

    /** The client has lost its connection or its session. */
    void unsubscribed() {
        subscribed = false;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** A line that the client got. That nothing was missed is known, since the history is longer than all there is. */
    void take(JsonNode line) {
        switch (line.path("type").asString()) {
            case "subscribed", "resumed" -> {
                assertThat(line.path("recovered").asBoolean()).as("%s", line).isTrue();
                assertThat(line.path("offset").asLong()).isEqualTo(offset);
                epoch = line.path("epoch").asString();
                subscribed = true;
            }
            case "publication" -> {
                assertThat(line.path("offset").asLong()).isEqualTo(++offset);
                received.add(line.path("data").asString());
                room.release();
            }
            case "error" -> assertThat(line.path("code").asString()).isEqualTo("unavailable");
            case "connected" -> {}
            default -> throw new AssertionError(line);
        }
    }

    int received() {
        return received.size();
    }

    boolean isWhole() {
        return received.size() >= COUNT;
    }

    void assertOnceAndInOrder() {
        published.join();
        assertThat(received)
                .containsExactlyElementsOf(
                        IntStream.range(0, COUNT).mapToObj(Integer::toString).toList());
    }
}
