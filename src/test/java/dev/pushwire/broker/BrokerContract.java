package dev.pushwire.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} guarantees. Each test has topics of its own; those below {@code kept.} remember ten publications. */
public abstract class BrokerContract extends PublishingContract {
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

    /** Looking at a topic does not make it. Its position means the same as if the topic existed. */
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
