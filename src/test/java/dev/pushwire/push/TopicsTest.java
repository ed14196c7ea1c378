package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.testing.RecordingSession;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final int LARGEST = 100;

    private final TestHub hub = new TestHub();
    private final Topics topics = new Topics(hub.hub(), hub.broker(), hub.presence(), LARGEST);
    private final RecordingSession session = new RecordingSession();

    /** Records what a listener was told, in order. */
    private static final class Recorder implements TopicListener {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void published(Publication publication) {
            told.add(publication.topic() + " " + publication.payload());
        }

        @Override
        public void missed(TopicName topic) {
            told.add("missed " + topic);
        }

        private void assertTold(String... expected) {
            await().untilAsserted(() -> assertThat(told).containsExactly(expected));
        }
    }

    @Nested
    class Publishing {
        @Test
        void reachesSubscribers() {
            topics.subscribe(session, "news");
            topics.publish("news", "text");
            topics.publish("news", new byte[] {1, 2});
            topics.publishJson("news", "{\"a\":1}");
            assertThat(session.texts()).containsExactly("text", "{\"a\":1}");
            assertThat(session.sent().get(1).payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        }

        @Test
        void isDoneOnceForAnIdempotencyKey() {
            PublishOptions once = new PublishOptions("key", null);
            assertThat(topics.publish("news", Payload.text("a"), once).duplicate())
                    .isFalse();
            assertThat(topics.publish("news", Payload.text("a"), once).duplicate())
                    .isTrue();
            assertThat(topics.position("news").offset()).isEqualTo(1);
        }

        @Test
        void refusesWhatNoClientCouldBeSent() {
            assertThatThrownBy(() -> topics.publish("no topic", "text")).hasMessage(TopicName.RULE);
            assertThatThrownBy(() -> topics.publishJson("news", "{")).hasMessageStartingWith("JSON is one value");
            assertThatThrownBy(() -> topics.publish("news", new byte[LARGEST + 1]))
                    .hasMessage("A message has at most 100 bytes.");
            assertThat(topics.position("news").offset()).isZero();
        }

        @Test
        void isRememberedAsThePolicySays() {
            topics.publish("kept.news", "one");
            topics.publish("kept.news", "two");
            assertThat(topics.history("kept.news", null, 10).publications())
                    .extracting(publication -> publication.payload().text())
                    .containsExactly("one", "two");
        }
    }

    @Nested
    class Subscribing {
        @Test
        void endsWithUnsubscribeOrLeave() {
            topics.subscribe(session, "news");
            topics.subscribe(session, "rooms.*");
            topics.subscribe(session, "sports");
            topics.unsubscribe(session, "news");
            topics.publish("news", "not heard");
            topics.publish("rooms.a", "heard");
            topics.leave(session);
            topics.publish("rooms.a", "not heard");
            topics.publish("sports", "not heard");
            assertThat(session.texts()).containsExactly("heard");
            assertThat(hub.hub().activeSubscriptions()).isZero();
        }
    }

    @Nested
    class Listening {
        private final Recorder recorder = new Recorder();

        @Test
        void isToldInOrderUntilItEnds() {
            TopicSubscription subscription = topics.listen("news", recorder);
            topics.publish("news", "one");
            topics.publish("news", "two");
            topics.publish("elsewhere", "three");
            recorder.assertTold("news one", "news two");
            subscription.close();
            topics.publish("news", "four");
            recorder.assertTold("news one", "news two");
        }

        @Test
        void takesPatterns() {
            try (TopicSubscription _ = topics.listen("news.>", recorder)) {
                topics.publish("news.sports.chess", "mate");
                recorder.assertTold("news.sports.chess mate");
            }
        }

        @Test
        void goesOnAfterAFailure() {
            TopicListener failing = publication -> {
                recorder.published(publication);
                throw new IllegalStateException("on purpose");
            };
            try (TopicSubscription _ = topics.listen("news", failing)) {
                topics.publish("news", "one");
                topics.publish("news", "two");
                recorder.assertTold("news one", "news two");
            }
        }

        /** The publisher does not wait for it, and what waits for it does not grow without end. */
        @Test
        void isToldThatItMissedSomethingWhenItIsTooSlow() {
            CountDownLatch busy = new CountDownLatch(1);
            TopicListener slow = new TopicListener() {
                @Override
                public void published(Publication publication) {
                    try {
                        busy.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    recorder.published(publication);
                }

                @Override
                public void missed(TopicName topic) {
                    recorder.missed(topic);
                }
            };
            try (TopicSubscription _ = topics.listen("news", slow)) {
                int count = QueuedListener.MOST + 10;
                IntStream.range(0, count).forEach(i -> topics.publish("news", Integer.toString(i)));
                busy.countDown();
                await().untilAsserted(() -> assertThat(recorder.told).contains("missed null"));
                assertThat(recorder.told)
                        .hasSizeBetween(QueuedListener.MOST + 1, QueuedListener.MOST + 2)
                        .startsWith("news 0", "news 1")
                        .endsWith("missed null");
                topics.publish("news", "after");
                await().untilAsserted(() -> assertThat(recorder.told).endsWith("news after"));
            }
        }
    }
}
