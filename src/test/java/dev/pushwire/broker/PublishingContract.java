package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} guarantees of publications, and what the tests of all its guarantees need. */
abstract class PublishingContract {
    static final int HISTORY_SIZE = 10;

    /** The size and time to live of the topics of these tests. */
    protected static Retention retention(TopicName topic) {
        return topic.value().startsWith("kept.")
                ? new Retention(HISTORY_SIZE, Duration.ofMinutes(1))
                : topic.value().startsWith("brief.")
                        ? new Retention(HISTORY_SIZE, Duration.ofSeconds(1))
                        : Retention.NONE;
    }

    /** The broker as one node sees it; each call may be of another node. */
    protected abstract Broker broker();

    /** Lets time pass. */
    protected abstract void pass(Duration time);

    protected static TopicName topic(String name) {
        return new TopicName(name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
    }

    PublishResult publish(TopicName topic, String text) {
        return broker().publish(topic, Payload.text(text), PublishOptions.NONE);
    }

    RecordingSubscriber subscribed(TopicPattern... patterns) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        Broker broker = broker();
        for (TopicPattern pattern : patterns) {
            broker.subscribe(pattern, subscriber);
        }
        return subscriber;
    }

    static void assertTold(RecordingSubscriber subscriber, String... what) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(subscriber.told()).containsExactly(what));
    }

    @Nested
    class Publishing {
        @Test
        void eachPublicationGetsTheNextOffsetOfTheEpoch() {
            TopicName news = topic("news");
            broker().subscribe(TopicPattern.exactly(news), new RecordingSubscriber());
            Position first = publish(news, "a").position();
            Position second = publish(news, "b").position();
            assertThat(first.offset()).isOne();
            assertThat(second).isEqualTo(first.at(2));
        }

        @Test
        void offsetsOfOneTopicAreNoneOfAnothersBusiness() {
            publish(topic("kept.a"), "a");
            assertThat(publish(topic("kept.b"), "b").position().offset()).isOne();
        }

        @Test
        void publishersAtOnceGetAllOffsets() throws Exception {
            TopicName news = topic("kept.news");
            RecordingSubscriber subscriber = subscribed(TopicPattern.exactly(news));
            List<Long> offsets = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<PublishResult>> results = IntStream.range(0, 200)
                        .mapToObj(i -> threads.submit(() -> publish(news, "message " + i)))
                        .toList();
                for (Future<PublishResult> result : results) {
                    offsets.add(result.get().position().offset());
                }
            }
            List<Long> all = LongStream.rangeClosed(1, 200).boxed().toList();
            assertThat(offsets).containsExactlyInAnyOrderElementsOf(all);
            await().untilAsserted(() -> assertThat(subscriber.offsets(news)).isEqualTo(all));
        }

        @Test
        void theSameIdempotencyKeyPublishesOnce() {
            TopicName news = topic("kept.news");
            RecordingSubscriber subscriber = subscribed(TopicPattern.exactly(news));
            PublishOptions once = new PublishOptions("order-17", null);
            PublishResult first = broker().publish(news, Payload.text("a"), once);
            PublishResult again = broker().publish(news, Payload.text("a"), once);
            PublishResult other = broker().publish(news, Payload.text("b"), new PublishOptions("order-18", null));
            assertThat(first.duplicate()).isFalse();
            assertThat(again).isEqualTo(new PublishResult(first.position(), true));
            assertThat(other.duplicate()).isFalse();
            assertTold(subscriber, news + ":1 a", news + ":2 b");
        }

        @Test
        void severalAtOnceAreMadeInTheirOrder() {
            TopicName news = topic("kept.news");
            TopicName other = topic("kept.other");
            RecordingSubscriber subscriber = subscribed(TopicPattern.exactly(news), TopicPattern.exactly(other));
            PublishOptions once = new PublishOptions("order-17", null);
            List<PublishOutcome> outcomes = broker().publish(List.of(
                    new PublishRequest(news, Payload.text("a"), PublishOptions.NONE),
                    new PublishRequest(other, Payload.text("b"), once),
                    new PublishRequest(news, Payload.text("c"), PublishOptions.NONE),
                    new PublishRequest(other, Payload.text("b"), once)));
            assertThat(outcomes).hasSize(4);
            assertThat(made(outcomes.get(2)).position().offset()).isEqualTo(2);
            assertThat(made(outcomes.get(3)))
                    .isEqualTo(new PublishResult(made(outcomes.get(1)).position(), true));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(subscriber.told())
                            .containsExactlyInAnyOrder(news + ":1 a", news + ":2 c", other + ":1 b"));
            assertThat(broker().publish(List.of())).isEmpty();
        }

        private PublishResult made(PublishOutcome outcome) {
            return ((PublishOutcome.Made) outcome).result();
        }

        @Test
        void withoutWaitingThePublicationIsTheSame() {
            TopicName news = topic("kept.news");
            RecordingSubscriber subscriber = subscribed(TopicPattern.exactly(news));
            PublishOptions once = new PublishOptions("order-17", null);
            PublishResult first = publishAsync(new PublishRequest(news, Payload.text("a"), PublishOptions.NONE));
            PublishResult second = publishAsync(new PublishRequest(news, Payload.text("b"), once));
            PublishResult again = publishAsync(new PublishRequest(news, Payload.text("b"), once));
            assertThat(second).isEqualTo(new PublishResult(first.position().at(2), false));
            assertThat(again).isEqualTo(new PublishResult(second.position(), true));
            assertTold(subscriber, news + ":1 a", news + ":2 b");
        }

        private PublishResult publishAsync(PublishRequest request) {
            if (!broker().publishesAsync()) { // then callers publish as ever
                return broker().publish(request.topic(), request.payload(), request.options());
            }
            CompletableFuture<PublishOutcome> outcome = broker().publishAsync(request);
            assertThat(outcome).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(PublishOutcome.Made.class);
            return ((PublishOutcome.Made) outcome.join()).result();
        }

        @Test
        void anIdempotencyKeyIsOneTopics() {
            PublishOptions once = new PublishOptions("order-17", null);
            broker().publish(topic("kept.a"), Payload.text("a"), once);
            assertThat(broker().publish(topic("kept.b"), Payload.text("a"), once)
                            .duplicate())
                    .isFalse();
        }
    }
}
