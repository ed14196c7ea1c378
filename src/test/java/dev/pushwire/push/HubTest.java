package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.testing.RecordingSession;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HubTest {
    private static final TopicName NEWS = new TopicName("news");
    private static final TopicName WEATHER = new TopicName("weather");

    private final TestHub hub = new TestHub();
    private final RecordingSession session = new RecordingSession();

    private List<TopicStatus> topics() {
        return hub.hub().topics(null, 1000, _ -> true).topics();
    }

    @Test
    void aPublicationReachesTheSubscribersOfItsTopic() {
        RecordingSession both = new RecordingSession();
        RecordingSession other = new RecordingSession();
        hub.subscribe(NEWS, session);
        hub.subscribe(NEWS, both);
        hub.subscribe(WEATHER, both);
        hub.subscribe(WEATHER, other);

        hub.publish(NEWS, "hello");

        assertThat(session.texts()).containsExactly("hello");
        assertThat(both.texts()).containsExactly("hello");
        assertThat(other.sent()).isEmpty();
        assertThat(hub.hub().deliveries()).isEqualTo(2);
    }

    @Test
    void publishingToNobodyReachesNobody() {
        hub.publish(NEWS, "hello");
        assertThat(topics()).isEmpty();
        assertThat(hub.hub().deliveries()).isZero();
        assertThat(hub.hub().publications()).isOne();
    }

    @Test
    void nothingArrivesAfterUnsubscribing() {
        hub.subscribe(NEWS, session);
        hub.unsubscribe(NEWS, session);
        hub.publish(NEWS, "hello");
        assertThat(session.sent()).isEmpty();
    }

    @Test
    void subscribingTwiceIsOneSubscription() {
        hub.subscribe(NEWS, session);
        hub.subscribe(NEWS, session);
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
        hub.unsubscribe(NEWS, session);
        assertThat(hub.hub().subscribers(NEWS)).isZero();
    }

    /** Its endpoint was told before the subscription was made, and cannot end it any more. */
    @Test
    void aSessionThatIsGoneIsNotSubscribed() {
        session.close();
        hub.subscribe(NEWS, session);
        assertThat(hub.hub().subscribers(NEWS)).isZero();
    }

    @Test
    void topicsAreListedByNameWhileTheyHaveSubscribers() {
        hub.subscribe(WEATHER, session);
        hub.subscribe(NEWS, session);
        hub.subscribe(NEWS, new RecordingSession());
        assertThat(topics()).containsExactly(new TopicStatus("news", 2), new TopicStatus("weather", 1));
        assertThat(hub.hub().subscribers(NEWS)).isEqualTo(2);
        assertThat(hub.hub().activeTopics()).isEqualTo(2);
        assertThat(hub.hub().activeSubscriptions()).isEqualTo(3);

        hub.unsubscribe(WEATHER, session);
        assertThat(topics()).containsExactly(new TopicStatus("news", 2));
        assertThat(hub.hub().subscribers(WEATHER)).isZero();
    }

    @Test
    void topicsAreListedAPageAtATime() {
        for (String name : List.of("d", "b", "a.b", "c", "a")) {
            hub.subscribe(new TopicName(name), session);
        }
        hub.unsubscribe(new TopicName("c"), session);
        TopicPage first = hub.hub().topics(null, 2, _ -> true);
        assertThat(first.topics()).extracting(TopicStatus::topic).containsExactly("a", "a.b");
        TopicPage second = hub.hub().topics(first.next(), 2, _ -> true);
        assertThat(second.topics()).extracting(TopicStatus::topic).containsExactly("b", "d");
        assertThat(second.next()).isNull();
        assertThat(hub.hub()
                        .topics("a.a", 10, topic -> !topic.value().equals("b"))
                        .topics())
                .extracting(TopicStatus::topic)
                .containsExactly("a.b", "d");
    }

    @Test
    void aTopicWithoutSubscribersIsLeftAfterAWhile() {
        hub.subscribe(NEWS, session);
        hub.subscribe(WEATHER, session);
        hub.hub().prepare(new TopicName("prepared"));
        hub.unsubscribe(NEWS, session);
        hub.hub().tidyUp();
        assertThat(hub.hub().heldTopics()).as("too early").isEqualTo(3);
        hub.hub().tidyUp(System.nanoTime() + 1);
        assertThat(hub.hub().heldTopics()).isOne();
        assertThat(hub.keptTopics()).isOne();
        hub.unsubscribe(WEATHER, session);
        hub.subscribe(WEATHER, session);
        hub.hub().tidyUp(System.nanoTime() + 1);
        hub.publish(WEATHER, "rain");
        assertThat(session.texts()).containsExactly("rain");
        hub.unsubscribe(WEATHER, session);
        hub.hub().tidyUp(System.nanoTime() + 1);
        assertThat(hub.hub().heldTopics()).isZero();
    }

    @Test
    void onTheEventLoopOnlyATopicThatIsPreparedCanBeSubscribedTo() {
        assertThat(hub.hub().subscribeAtOnce(NEWS, RawFormat.INSTANCE, session)).isNull();
        hub.hub().prepare(NEWS);
        assertThat(hub.hub().subscribeAtOnce(NEWS, RawFormat.INSTANCE, session))
                .isEqualTo(hub.hub().position(NEWS));
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
    }

    @Test
    void whereTheBrokerIsUnavailableNobodyIsSubscribed() {
        hub.broker().setUnavailable(true);
        assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> hub.subscribe(NEWS, session));
        hub.broker().setUnavailable(false);
        hub.subscribe(NEWS, session);
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
    }

    @Test
    void aSubscriptionThatFailsLeavesNothing() {
        hub.broker().setUnavailable(true);
        for (int i = 0; i < 2 * TestHub.MOST_TOPICS; i++) {
            TopicName topic = new TopicName("topic." + i);
            assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> hub.subscribe(topic, session));
        }
        assertThat(hub.hub().heldTopics()).isZero();
        assertThat(topics()).isEmpty();
    }

    /** Where the broker could not be told that the node leaves a topic, the node leaves it all the same. */
    @Test
    void aTopicThatTheBrokerCouldNotBeToldOfTakesNoPlace() {
        hub.subscribe(NEWS, session);
        hub.unsubscribe(NEWS, session);
        hub.broker().setUnavailable(true);
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> hub.hub().tidyUp(System.nanoTime() + 1));
        assertThat(hub.hub().heldTopics()).isZero();
        hub.broker().setUnavailable(false);
        hub.subscribe(NEWS, session);
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
    }

    /** However many names clients make up. */
    @Nested
    class TopicLimit {
        private void subscribeToAll() {
            for (int i = 0; i < TestHub.MOST_TOPICS; i++) {
                hub.subscribe(new TopicName("topic." + i), session);
            }
        }

        @Test
        void thoseWithoutSubscribersAreGivenUpForTheNext() {
            for (int i = 0; i < 10 * TestHub.MOST_TOPICS; i++) {
                TopicName topic = new TopicName("topic." + i);
                hub.subscribe(topic, session);
                hub.unsubscribe(topic, session);
            }
            assertThat(hub.hub().heldTopics()).isEqualTo(TestHub.MOST_TOPICS);
            assertThat(hub.hub().isLive(new TopicPattern("topic.0"))).isFalse();
            hub.publish(NEWS, "finds room as well");
            assertThat(hub.keptTopics()).isEqualTo(TestHub.MOST_TOPICS);
        }

        @Test
        void severalPublicationsFindRoomOneByOne() {
            for (int i = 0; i < TestHub.MOST_TOPICS; i++) {
                hub.subscribe(new TopicName("topic." + i), session);
                hub.unsubscribe(new TopicName("topic." + i), session);
            }
            List<PublishRequest> requests =
                    IntStream.range(0, 5).mapToObj(i -> request("kept." + i)).toList();
            assertThat(hub.hub().publish(requests))
                    .hasSize(5)
                    .allMatch(outcome -> outcome instanceof PublishOutcome.Made);
            assertThat(hub.hub().publications()).isEqualTo(5);
        }

        @Test
        void ofSeveralPublicationsThoseBehindOneWithoutRoomAreNotTried() {
            subscribeToAll();
            List<PublishOutcome> outcomes =
                    hub.hub().publish(List.of(request("topic.1"), request("news"), request("topic.2")));
            assertThat(outcomes)
                    .satisfiesExactly(
                            made -> assertThat(made).isInstanceOf(PublishOutcome.Made.class),
                            failed -> assertThat(failed)
                                    .isInstanceOfSatisfying(
                                            PublishOutcome.Failed.class,
                                            it -> assertThat(it.reason()).isInstanceOf(TooManyTopicsException.class)));
            assertThat(hub.hub().publications()).isOne();
        }

        private PublishRequest request(String topic) {
            return new PublishRequest(new TopicName(topic), Payload.text("hello"), PublishOptions.NONE);
        }

        @Test
        void whenAllHaveSubscribersTheNextIsRefused() {
            subscribeToAll();
            assertThatExceptionOfType(TooManyTopicsException.class).isThrownBy(() -> hub.subscribe(NEWS, session));
            assertThatExceptionOfType(TooManyTopicsException.class)
                    .isThrownBy(() -> hub.hub().prepare(NEWS));
            assertThatExceptionOfType(TooManyTopicsException.class).isThrownBy(() -> hub.publish(NEWS, "hello"));
            assertThat(hub.hub().heldTopics()).isEqualTo(TestHub.MOST_TOPICS);
            hub.publish(new TopicName("topic.7"), "still there");
            assertThat(session.texts()).containsExactly("still there");
            assertThat(hub.hub().publications()).isOne();

            hub.unsubscribe(new TopicName("topic.3"), session);
            hub.subscribe(NEWS, session);
            hub.publish(NEWS, "hello");
            assertThat(session.texts()).endsWith("hello");
        }
    }

    @Nested
    class Wildcards {
        private final TopicName sports = new TopicName("news.sports");
        private final TopicPattern newsParts = new TopicPattern("news.*");
        private final TopicPattern everything = new TopicPattern(">");

        private void subscribe(TopicPattern pattern) throws TooManyPatternsException {
            hub.hub().subscribe(pattern, RawFormat.INSTANCE, session, () -> {});
        }

        private void unsubscribe(TopicPattern pattern) {
            hub.hub().unsubscribe(pattern, RawFormat.INSTANCE, session);
        }

        @Test
        void allTopicsThatMatchAreReceived() throws TooManyPatternsException {
            subscribe(newsParts);
            hub.publish(sports, "goal");
            hub.publish(new TopicName("news.chess"), "mate");
            hub.publish(NEWS, "not this");
            assertThat(session.texts()).containsExactly("goal", "mate");
            assertThat(hub.hub().subscribers(sports)).isOne();
        }

        @Test
        void aPublicationComesOnceHoweverManySubscriptionsMatch() throws TooManyPatternsException {
            subscribe(newsParts);
            subscribe(everything);
            hub.subscribe(sports, session);
            RecordingSession other = new RecordingSession();
            hub.subscribe(sports, other);
            hub.publish(sports, "goal");
            assertThat(session.texts()).containsExactly("goal");
            assertThat(other.texts()).containsExactly("goal");
        }

        @Test
        void anInterruptionIsToldOnceHoweverManySubscriptionsMatch() throws TooManyPatternsException {
            RecordingSession byPattern = new RecordingSession();
            RecordingSession byName = new RecordingSession();
            for (RecordingSession each : List.of(session, byPattern)) {
                hub.hub().subscribe(newsParts, NamingFormat.INSTANCE, each, () -> {});
                hub.hub().subscribe(everything, NamingFormat.INSTANCE, each, () -> {});
            }
            hub.broker().resume(sports, new Position("one", 3), true);
            for (RecordingSession each : List.of(session, byName)) {
                hub.hub().subscribe(sports, NamingFormat.INSTANCE, each, StartPoint.NOW, _ -> {});
            }
            hub.broker().resume(sports, new Position("two", 7), false);
            String before = "news.sports goes on at one:3";
            String lost = "news.sports goes on at two:7, with a loss";
            assertThat(session.texts()).containsExactly(before, lost);
            assertThat(byPattern.texts()).containsExactly(before, lost);
            assertThat(byName.texts()).containsExactly(lost);
        }

        @Test
        void whoCannotBeToldOfAnInterruptionIsClosed() throws TooManyPatternsException {
            RecordingSession named = new RecordingSession();
            hub.hub().subscribe(newsParts, NamingFormat.INSTANCE, named, () -> {});
            hub.subscribe(sports, session);
            hub.broker().resume(sports, new Position("two", 7), true);
            assertThat(session.closedWith()).isEqualTo(PushClose.NOT_RECOVERED.status());
            assertThat(named.texts()).containsExactly("news.sports goes on at two:7");
        }

        @Test
        void theOthersLastWhenOneEnds() throws TooManyPatternsException {
            subscribe(newsParts);
            hub.subscribe(sports, session);
            unsubscribe(newsParts);
            hub.publish(sports, "one");
            hub.unsubscribe(sports, session);
            hub.publish(sports, "two");
            subscribe(newsParts);
            hub.hub().tidyUp();
            hub.publish(sports, "three");
            unsubscribe(newsParts);
            hub.hub().tidyUp();
            hub.publish(sports, "four");
            assertThat(session.texts()).containsExactly("one", "three");
        }
    }
}
