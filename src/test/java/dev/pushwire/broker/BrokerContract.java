package dev.pushwire.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} guarantees. Each test has topics of its own; those below {@code kept.} remember ten publications. */
public abstract class BrokerContract {
    private static final int HISTORY_SIZE = 10;

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

    private PublishResult publish(TopicName topic, String text) {
        return broker().publish(topic, Payload.text(text), PublishOptions.NONE);
    }

    private RecordingSubscriber subscribed(TopicPattern... patterns) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        Broker broker = broker();
        for (TopicPattern pattern : patterns) {
            broker.subscribe(pattern, subscriber);
        }
        return subscriber;
    }

    private static void assertTold(RecordingSubscriber subscriber, String... what) {
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
        void anIdempotencyKeyIsOneTopics() {
            PublishOptions once = new PublishOptions("order-17", null);
            broker().publish(topic("kept.a"), Payload.text("a"), once);
            assertThat(broker().publish(topic("kept.b"), Payload.text("a"), once)
                            .duplicate())
                    .isFalse();
        }
    }

    @Nested
    class Subscribing {
        @Test
        void aSubscriberIsGivenWhatIsPublishedWholeAndInOrder() {
            TopicName news = topic("kept.news");
            RecordingSubscriber subscriber = subscribed(TopicPattern.exactly(news));
            byte[] bytes = {0, -1, 10, 13};
            broker().publish(news, Payload.of(Payload.Kind.BINARY, bytes), new PublishOptions(null, "k", "trace"));
            broker().publish(news, Payload.of(Payload.Kind.JSON, "{\"ä\":1}".getBytes(UTF_8)), PublishOptions.NONE);
            await().until(() -> subscriber.publications().size() == 2);
            Publication first = subscriber.publications().getFirst();
            Publication second = subscriber.publications().getLast();
            assertThat(first.payload()).isEqualTo(Payload.of(Payload.Kind.BINARY, bytes));
            assertThat(first.key() + " " + first.traceparent()).isEqualTo("k trace");
            assertThat(second.payload()).isEqualTo(Payload.of(Payload.Kind.JSON, "{\"ä\":1}".getBytes(UTF_8)));
            assertThat(second.key()).isNull();
            assertThat(second.position()).isEqualTo(first.position().at(2));
            assertThat(second.publishedAt()).isAfterOrEqualTo(first.publishedAt());
            assertThat(broker().history(news, null, 10).publications()).containsExactly(first, second);
        }

        @Test
        void itBeginsBehindThePositionThatItWasTold() {
            TopicName news = topic("kept.news");
            publish(news, "before");
            RecordingSubscriber subscriber = new RecordingSubscriber();
            Position from = broker().subscribe(TopicPattern.exactly(news), subscriber);
            assertThat(from.offset()).isOne();
            publish(news, "after");
            assertTold(subscriber, news + ":2 after");
        }

        @Test
        void eachSubscriberIsTold() {
            TopicName news = topic("news");
            RecordingSubscriber one = subscribed(TopicPattern.exactly(news));
            RecordingSubscriber other = subscribed(TopicPattern.exactly(news));
            publish(news, "a");
            assertTold(one, news + ":1 a");
            assertTold(other, news + ":1 a");
        }

        @Test
        void wildcardsMatchAndSeveralPatternsGiveAPublicationOnce() {
            TopicName sports = topic("w.sports");
            TopicName chess = topic("w.sports.chess");
            RecordingSubscriber subscriber = new RecordingSubscriber();
            Broker broker = broker();
            broker.subscribe(new TopicPattern("w.*"), subscriber);
            broker.subscribe(new TopicPattern("w.>"), subscriber);
            broker.subscribe(TopicPattern.exactly(sports), subscriber);
            publish(sports, "a");
            await().until(() -> subscriber.told().contains(sports + ":1 a"));
            publish(chess, "b");
            assertTold(subscriber, sports + ":1 a", chess + ":1 b");
            broker.unsubscribe(new TopicPattern("w.*"), subscriber);
            broker.unsubscribe(new TopicPattern("w.>"), subscriber);
        }

        @Test
        void nothingComesAfterUnsubscribing() {
            TopicName news = topic("kept.news");
            RecordingSubscriber subscriber = new RecordingSubscriber();
            Broker broker = broker();
            broker.subscribe(TopicPattern.exactly(news), subscriber);
            broker.unsubscribe(TopicPattern.exactly(news), subscriber);
            broker.unsubscribe(TopicPattern.exactly(news), subscriber);
            RecordingSubscriber witness = subscribed(TopicPattern.exactly(news));
            publish(news, "a");
            assertTold(witness, news + ":1 a");
            assertThat(subscriber.told()).isEmpty();
        }
    }

    @Nested
    class Remembering {
        private final TopicName news = topic("kept.news");

        private List<String> texts(History history) {
            return history.publications().stream()
                    .map(publication -> publication.offset() + " " + publication.payload())
                    .toList();
        }

        private Position publishMany(int count) {
            Position last = null;
            for (int i = 1; i <= count; i++) {
                last = publish(news, "m" + i).position();
            }
            return last;
        }

        @Test
        void whoComesBackGetsWhatItMissed() {
            Position last = publishMany(5);
            History history = broker().history(news, last.at(2), 100);
            assertThat(history.recovered()).isTrue();
            assertThat(texts(history)).containsExactly("3 m3", "4 m4", "5 m5");
            assertThat(history.latest()).isEqualTo(last);
        }

        @Test
        void whoMissedNothingGetsNothing() {
            Position last = publishMany(2);
            assertThat(broker().history(news, last, 100)).isEqualTo(new History(List.of(), true, last));
        }

        @Test
        void itReachesBackAsFarAsItsSize() {
            Position last = publishMany(HISTORY_SIZE + 3);
            assertThat(broker().history(news, last.at(3), 100).publications()).hasSize(HISTORY_SIZE);
            assertThat(broker().history(news, last.at(2), 100)).isEqualTo(new History(List.of(), false, last));
        }

        @Test
        void theLimitGivesTheOldestOfThem() {
            Position last = publishMany(5);
            History history = broker().history(news, last.at(1), 2);
            assertThat(texts(history)).containsExactly("2 m2", "3 m3");
            assertThat(history.latest()).isEqualTo(last);
        }

        @Test
        void withoutAPositionItIsTheNewest() {
            publishMany(5);
            assertThat(texts(broker().history(news, null, 2))).containsExactly("4 m4", "5 m5");
            assertThat(texts(broker().history(news, null, 100))).hasSize(5);
        }

        @Test
        void anotherEpochIsNotRecovered() {
            Position last = publishMany(2);
            assertThat(broker().history(news, new Position("another", 1), 100))
                    .isEqualTo(new History(List.of(), false, last));
        }

        @Test
        void aPositionThatIsYetToComeIsNotRecovered() {
            Position last = publishMany(2);
            assertThat(broker().history(news, last.at(3), 100).recovered()).isFalse();
        }

        @Test
        void aTopicWithoutHistoryRecoversOnlyWhoMissedNothing() {
            TopicName plain = topic("plain");
            broker().subscribe(TopicPattern.exactly(plain), new RecordingSubscriber());
            Position first = publish(plain, "a").position();
            assertThat(broker().history(plain, first, 100).recovered()).isTrue();
            assertThat(broker().history(plain, first.at(0), 100).recovered()).isFalse();
        }

        @Test
        void publicationsAreForgottenAfterTheirTime() {
            TopicName brief = topic("brief.news");
            broker().subscribe(TopicPattern.exactly(brief), new RecordingSubscriber());
            Position first = publish(brief, "a").position();
            pass(Duration.ofMillis(1100));
            assertThat(broker().history(brief, first.at(0), 100).recovered()).isFalse();
            Position second = publish(brief, "b").position();
            assertThat(texts(broker().history(brief, first, 100))).containsExactly("2 b");
            assertThat(second).isEqualTo(first.at(2));
        }
    }

    /** A look at a topic does not make it. Where it stands means the same as if it had been there. */
    @Nested
    class TopicsOfWhichNothingIsKept {
        private final TopicName kept = topic("kept.fresh");
        private final TopicName plain = topic("fresh");

        @Test
        void theyStandBeforeTheirFirstPublication() {
            History history = broker().history(kept, null, 100);
            assertThat(history.latest().offset()).isZero();
            assertThat(history).isEqualTo(new History(List.of(), true, history.latest()));
            assertThat(broker().history(kept, history.latest(), 100)).isEqualTo(history);
        }

        @Test
        void whoComesBackGetsWhatWasPublishedMeanwhile() {
            Position before = broker().history(kept, null, 1).latest();
            Position first = publish(kept, "a").position();
            History missed = broker().history(kept, before, 100);
            assertThat(missed.recovered()).isTrue();
            assertThat(missed.publications()).extracting(Publication::offset).containsExactly(1L);
            assertThat(first).isEqualTo(before.at(1));
        }

        @Test
        void whereNothingIsRememberedItIsTold() {
            Position before = broker().history(plain, null, 1).latest();
            publish(plain, "a");
            assertThat(broker().history(plain, before, 100).recovered()).isFalse();
        }

        @Test
        void aSubscriberBeginsThereAndMayComeBackWithThat() {
            Position before = broker().history(kept, null, 1).latest();
            RecordingSubscriber subscriber = new RecordingSubscriber();
            Broker node = broker();
            assertThat(node.subscribe(TopicPattern.exactly(kept), subscriber)).isEqualTo(before);
            node.unsubscribe(TopicPattern.exactly(kept), subscriber);
            publish(kept, "a");
            assertThat(broker().history(kept, before, 100).recovered()).isTrue();
        }

        @Test
        void aPositionThatNobodyGaveIsNotRecovered() {
            Position before = broker().history(kept, null, 1).latest();
            assertThat(broker().history(kept, before.at(1), 100).recovered()).isFalse();
            assertThat(broker().history(kept, new Position("another", 0), 100).recovered())
                    .isFalse();
        }
    }

    @Nested
    class Presence {
        private final TopicName room = topic("room");
        private final Member ada = new Member("a" + room.value(), "ada", "{\"x\":1}");
        private final Member bob = new Member("b" + room.value(), null, null);

        @Test
        void membersAreWhoJoinedAndDidNotLeave() {
            Broker node = broker();
            broker().join(room, bob);
            node.join(room, ada);
            assertThat(broker().members(room)).containsExactly(ada, bob);
            node.leave(room, ada.connection());
            assertThat(broker().members(room)).containsExactly(bob);
        }

        @Test
        void aMemberThatJoinsAgainIsReplaced() {
            Broker node = broker();
            node.join(room, ada);
            Member changed = new Member(ada.connection(), "ada", "{\"x\":2}");
            node.join(room, changed);
            assertThat(broker().members(room)).containsExactly(changed);
        }

        @Test
        void subscribersAreToldWhoComesAndGoes() {
            RecordingSubscriber subscriber = subscribed(TopicPattern.exactly(room));
            Broker node = broker();
            node.join(room, ada);
            node.join(room, ada);
            node.leave(room, ada.connection());
            node.leave(room, ada.connection());
            assertTold(subscriber, room + " joined " + ada.connection(), room + " left " + ada.connection());
        }

        @Test
        void nobodyIsOnATopicThatNobodyJoined() {
            assertThat(broker().members(topic("empty"))).isEmpty();
        }
    }
}
