package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest extends BrokerContract {
    private static final int HISTORY_LIMIT = 100_000;
    private static final int MOST_TOPICS = 100;

    private final FakeClock clock = new FakeClock();
    private final MemoryBroker broker = new MemoryBroker(BrokerContract::retention, HISTORY_LIMIT, MOST_TOPICS, clock);

    @Override
    protected Broker broker() {
        return broker;
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }

    /** Memory is given back, but only when it is no longer needed. */
    @Nested
    class Forgetting {
        private final TopicName topic = new TopicName("kept.topic");
        private final TopicPattern exactly = TopicPattern.exactly(topic);
        private final RecordingSubscriber subscriber = new RecordingSubscriber();

        private boolean isForgotten() {
            broker.expire();
            return broker.topics() == 0;
        }

        @Test
        void aTopicLastsAsLongAsItsHistory() {
            Position first = broker.publish(topic, Payload.text("a"), PublishOptions.NONE)
                    .position();
            clock.pass(Duration.ofSeconds(59));
            assertThat(isForgotten()).isFalse();
            clock.pass(Duration.ofSeconds(1));
            assertThat(isForgotten()).isTrue();
            assertThat(broker.history(topic, first, 1).recovered())
                    .as("a new epoch")
                    .isFalse();
        }

        @Test
        void aTopicLastsAsLongAsASubscriber() {
            broker.subscribe(exactly, subscriber);
            clock.pass(Duration.ofDays(1));
            assertThat(isForgotten()).isFalse();
            broker.unsubscribe(exactly, subscriber);
            clock.pass(Duration.ofMinutes(1));
            assertThat(isForgotten()).isTrue();
        }

        @Test
        void readingLeavesNothing() {
            for (int i = 0; i < 1000; i++) {
                TopicName name = new TopicName("kept." + i);
                broker.history(name, null, 1);
                broker.history(name, new Position("another", 7), 1);
                broker.members(name);
                broker.leave(name, "nobody");
                broker.unsubscribe(TopicPattern.exactly(name), subscriber);
            }
            assertThat(broker.topics()).isZero();
            assertThat(broker.memory()).isZero();
        }

        @Test
        void aTopicThatNobodyPublishedToLastsNoLongerThanItsSubscribers() {
            Position from = broker.subscribe(exactly, subscriber);
            assertThat(broker.topics()).isOne();
            broker.unsubscribe(exactly, subscriber);
            assertThat(broker.topics()).isZero();
            assertThat(broker.history(topic, from, 1).recovered()).isTrue();
        }

        @Test
        void noTwoPublicationsHaveTheSamePosition() {
            TopicName plain = new TopicName("plain");
            Position before = broker.history(plain, null, 1).latest();
            Set<Position> all = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                assertThat(all.add(broker.publish(plain, Payload.text("a"), PublishOptions.NONE)
                                .position()))
                        .isTrue();
                clock.pass(Duration.ofMinutes(1));
                broker.expire();
                assertThat(broker.topics()).isZero();
                assertThat(broker.history(plain, before, 1).recovered()).isFalse();
            }
        }

        /** Topics of which nothing is stored share an epoch. A subscriber keeps its epoch to the end. */
        @Test
        void aSubscriberKeepsItsEpochWhileOthersEndTheirs() {
            Position from = broker.subscribe(exactly, subscriber);
            for (int i = 0; i < 200; i++) {
                for (int j = 0; j < 50; j++) {
                    broker.publish(new TopicName("other." + i + "." + j), Payload.text("a"), PublishOptions.NONE);
                }
                clock.pass(Duration.ofMinutes(1));
                broker.expire();
            }
            assertThat(broker.topics()).isOne();
            assertThat(broker.publish(topic, Payload.text("a"), PublishOptions.NONE)
                            .position())
                    .isEqualTo(from.at(1));
        }

        /** Clients come back to topics that are published to and forgotten in any order. */
        @Test
        void nobodyIsToldThatHeMissedNothingWhenHeDid() {
            Random random = new Random(20_261_128);
            Map<TopicName, List<Position>> published = new HashMap<>();
            int recovered = 0;
            for (int round = 0; round < 20_000; round++) {
                TopicName name = new TopicName((random.nextBoolean() ? "kept." : "plain.") + random.nextInt(40));
                List<Position> all = published.computeIfAbsent(name, absent -> new ArrayList<>());
                int seen = all.size();
                Position since = broker.history(name, null, 1).latest();
                for (int i = random.nextInt(3); i > 0; i--) {
                    all.add(broker.publish(name, Payload.text("a"), PublishOptions.NONE)
                            .position());
                }
                clock.pass(Duration.ofSeconds(random.nextInt(random.nextInt(10) == 0 ? 100 : 3)));
                if (random.nextBoolean()) {
                    broker.expire();
                }
                History history = broker.history(name, since, 100);
                if (history.recovered()) {
                    recovered++;
                    assertThat(history.publications())
                            .extracting(Publication::position)
                            .containsExactlyElementsOf(all.subList(seen, all.size()));
                }
            }
            assertThat(recovered).isGreaterThan(5_000);
        }

        @Test
        void aTopicLastsAsLongAsAMember() {
            broker.join(topic, new Member("a", null, null));
            clock.pass(Duration.ofDays(1));
            assertThat(isForgotten()).isFalse();
            broker.leave(topic, "a");
            clock.pass(Duration.ofMinutes(1));
            assertThat(isForgotten()).isTrue();
        }

        @Test
        void anIdempotencyKeyLastsAsLongAsItsWindow() {
            PublishOptions once = new PublishOptions("key", null);
            broker.publish(topic, Payload.text("a"), once);
            clock.pass(PublishOptions.IDEMPOTENCY_WINDOW.minusSeconds(1));
            assertThat(isForgotten()).isFalse();
            assertThat(broker.publish(topic, Payload.text("a"), once).duplicate())
                    .isTrue();
            clock.pass(Duration.ofSeconds(1));
            assertThat(broker.publish(topic, Payload.text("a"), once).duplicate())
                    .isFalse();
        }

        @Test
        void idempotencyKeysAreBounded() {
            for (int i = 0; i <= 10_001; i++) {
                broker.publish(topic, Payload.text("a"), new PublishOptions("key " + i, null));
            }
            assertThat(broker.publish(topic, Payload.text("a"), new PublishOptions("key 0", null))
                            .duplicate())
                    .isFalse();
            assertThat(broker.publish(topic, Payload.text("a"), new PublishOptions("key 10001", null))
                            .duplicate())
                    .isTrue();
        }
    }

    /** However many topics there are and however large their publications. */
    @Nested
    class HistoryLimit {
        private static final int LARGE = HISTORY_LIMIT / 5;

        private final TopicName one = new TopicName("kept.one");
        private final TopicName other = new TopicName("kept.other");

        private Position publish(TopicName topic, int size) {
            return broker.publish(topic, Payload.of(Payload.Kind.BINARY, new byte[size]), PublishOptions.NONE)
                    .position();
        }

        private List<Long> remembered(TopicName topic) {
            return broker.history(topic, null, 100).publications().stream()
                    .map(Publication::offset)
                    .toList();
        }

        @Test
        void theOldestOfAllTopicsGoFirst() {
            publish(one, LARGE);
            publish(other, LARGE);
            publish(one, LARGE);
            publish(other, LARGE);
            assertThat(broker.evicted()).isZero();
            publish(other, LARGE);
            assertThat(remembered(one)).containsExactly(2L);
            assertThat(remembered(other)).containsExactly(1L, 2L, 3L);
            publish(other, LARGE);
            assertThat(remembered(one)).containsExactly(2L);
            assertThat(remembered(other)).containsExactly(2L, 3L, 4L);
            assertThat(broker.evicted()).isEqualTo(2);
            assertThat(broker.memory()).isBetween(4L * LARGE, (long) HISTORY_LIMIT);
        }

        @Test
        void whoComesBackForWhatIsGoneIsTold() {
            Position start = publish(one, 1);
            Position last = start;
            for (int i = 0; i < 6; i++) {
                last = publish(one, LARGE);
            }
            assertThat(broker.history(one, start, 100).recovered()).isFalse();
            assertThat(broker.history(one, start.at(3), 100).recovered()).isTrue();
            assertThat(broker.history(one, start, 100).latest()).isEqualTo(last);
        }

        @Test
        void onePublicationThatIsTooLargeIsDeliveredButNotRemembered() {
            RecordingSubscriber subscriber = new RecordingSubscriber();
            broker.subscribe(TopicPattern.exactly(one), subscriber);
            publish(other, 1);
            publish(one, HISTORY_LIMIT);
            assertThat(subscriber.offsets(one)).containsExactly(1L);
            assertThat(remembered(one)).isEmpty();
            assertThat(remembered(other)).isEmpty();
            assertThat(broker.memory()).isZero();
        }

        @Test
        void whatIsForgottenInTimeMakesRoom() {
            for (int i = 0; i < 25; i++) {
                publish(one, HISTORY_LIMIT / 12);
            }
            assertThat(remembered(one)).hasSize(10);
            clock.pass(Duration.ofMinutes(1));
            broker.expire();
            assertThat(broker.memory()).isZero();
            assertThat(broker.evicted()).isZero();
        }

        @Test
        void idempotencyKeysCount() {
            for (int i = 0; i < 2000; i++) {
                broker.publish(
                        new TopicName("plain." + i % 20), Payload.text("a"), new PublishOptions("key " + i, null));
            }
            assertThat(broker.memory()).isBetween(HISTORY_LIMIT * 9 / 10L, (long) HISTORY_LIMIT);
            assertThat(broker.evicted()).isGreaterThan(1000);
            assertThat(broker.publish(
                                    new TopicName("plain.19"), Payload.text("a"), new PublishOptions("key 1999", null))
                            .duplicate())
                    .isTrue();
            clock.pass(PublishOptions.IDEMPOTENCY_WINDOW);
            broker.expire();
            assertThat(broker.memory()).isZero();
            assertThat(broker.topics()).isZero();
        }

        @Test
        void topicsThatNobodyIsSubscribedToCount() {
            MemoryBroker small = new MemoryBroker(BrokerContract::retention, 10_000, Integer.MAX_VALUE, clock);
            for (int i = 0; i < 1000; i++) {
                small.publish(new TopicName("plain." + i), Payload.text("a"), PublishOptions.NONE);
            }
            assertThat(small.memory()).isBetween(9_000L, 10_000L);
            assertThat(small.topics()).isLessThan(30);
        }

        @Test
        void anIdempotencyKeyOutlivesThePublication() {
            PublishOptions once = new PublishOptions("key", null);
            PublishResult first = broker.publish(one, Payload.text("a"), once);
            publish(other, HISTORY_LIMIT);
            assertThat(broker.publish(one, Payload.text("a"), once))
                    .isEqualTo(new PublishResult(first.position(), true));
        }

        @Test
        void publishersAtOnceKeepToIt() throws Exception {
            int publishers = 4;
            try (ExecutorService threads = Executors.newFixedThreadPool(publishers)) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < publishers; i++) {
                    TopicName topic = new TopicName("kept." + i);
                    all.add(threads.submit(() -> {
                        for (int n = 0; n < 2000; n++) {
                            publish(topic, LARGE);
                        }
                    }));
                }
                for (Future<?> each : all) {
                    each.get(30, TimeUnit.SECONDS);
                }
            }
            assertThat(broker.memory()).isBetween(4L * LARGE, (long) HISTORY_LIMIT);
            int kept = 0;
            for (int i = 0; i < publishers; i++) {
                kept += remembered(new TopicName("kept." + i)).size();
            }
            assertThat(kept).isEqualTo(4);
            assertThat(broker.evicted()).isLessThanOrEqualTo(publishers * 2000L - 4);
        }
    }
}
