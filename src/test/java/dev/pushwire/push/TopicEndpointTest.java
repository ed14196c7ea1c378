package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.testing.TestText;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicEndpointTest {
    private static final TopicName NEWS = new TopicName("news");
    private static final TopicName KEPT = new TopicName("kept.news");

    private final TestHub hub = new TestHub();
    private final RecordingListener events = new RecordingListener();
    private static final NewTopics ALL = new FakeNewTopics(Integer.MAX_VALUE);

    private final TopicEndpoint endpoint = endpoint(new ClaimsAccess(new TopicRules(List.of()), false), ALL);
    private final RecordingSession session = new RecordingSession(handshake("news", null));

    @Test
    void namesThatAreMadeUpAreRefusedInTheHandshake() throws Exception {
        TopicEndpoint few = endpoint(new ClaimsAccess(new TopicRules(List.of()), false), new FakeNewTopics(1));
        few.onHandshake(handshake("one", null));
        few.onHandshake(handshake("one", null));
        HandshakeRefusedException refusal = refusal(few, handshake("two", null));
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.headers()).containsEntry("Retry-After", "5");
        assertThat(hub.hub().heldTopics()).isOne();
    }

    @Test
    void whereThereIsNoRoomForATopicTheHandshakeIsRefused() throws Exception {
        for (int i = 0; i < TestHub.MOST_TOPICS; i++) {
            hub.subscribe(new TopicName("topic." + i), new RecordingSession());
        }
        HandshakeRefusedException refusal = refusal(endpoint, handshake("one.more", null));
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers()).containsEntry("Retry-After", "5");
        endpoint.onHandshake(handshake("topic.0", null));
    }

    private TopicEndpoint endpoint(TopicAccess access, NewTopics newTopics) {
        return new TopicEndpoint(
                hub.hub(), hub.presence(), new SubscriptionGate(hub.hub(), access, newTopics, limit -> {}), events);
    }

    private RecordingSession open(String topic, String since) throws Exception {
        TestHandshake handshake = handshake(topic, since);
        RecordingSession opened = new RecordingSession(handshake);
        endpoint.onHandshake(handshake);
        endpoint.onOpen(opened, handshake);
        return opened;
    }

    @Test
    void aSubscriberReceivesWhatIsPublishedFromOpenToClose() throws Exception {
        RecordingSession opened = open("news", null);
        hub.publish(NEWS, "hello");
        hub.hub().publish(NEWS, Payload.of(Payload.Kind.BINARY, new byte[] {0, -1}), PublishOptions.NONE);
        hub.publish(new TopicName("weather"), "rain");
        endpoint.onClose(opened, CloseStatus.NORMAL);
        hub.publish(NEWS, "too late");

        assertThat(opened.texts()).containsExactly("hello");
        assertThat(opened.binaries()).containsExactly(ByteBuffer.wrap(new byte[] {0, -1}));
        assertThat(hub.hub().topics(null, 1, _ -> true).topics()).isEmpty();
    }

    @Test
    void whoComesBackGetsWhatItMissed() throws Exception {
        Position first = hub.publish(KEPT, "one");
        hub.publish(KEPT, "two");
        RecordingSession back = open("kept.news", first.toString());
        await().until(() -> hub.hub().subscribers(KEPT) == 1);
        hub.publish(KEPT, "three");
        assertThat(back.texts()).containsExactly("two", "three");
    }

    @Test
    void whoWantsTheNewestGetsThemFirst() throws Exception {
        hub.publish(KEPT, "one");
        hub.publish(KEPT, "two");
        hub.publish(KEPT, "three");
        TestHandshake handshake = handshake("kept.news", null).withQueryParameter("last", "2");
        RecordingSession opened = new RecordingSession(handshake);
        endpoint.onHandshake(handshake);
        endpoint.onOpen(opened, handshake);
        await().until(() -> hub.hub().subscribers(KEPT) == 1);
        hub.publish(KEPT, "four");
        assertThat(opened.texts()).containsExactly("two", "three", "four");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "", "all"})
    void otherNumbersOfTheNewestAreRefusedInTheHandshake(String last) {
        TestHandshake handshake = handshake("news", null).withQueryParameter("last", last);
        assertThat(refusal(endpoint, handshake).status()).isEqualTo(400);
    }

    @Test
    void theNewestAreNotForWhoComesBack() {
        TestHandshake handshake = handshake("news", "e:1").withQueryParameter("last", "1");
        assertThat(refusal(endpoint, handshake).status()).isEqualTo(400);
    }

    @Test
    void whoListensIsToldInOrder() throws Exception {
        events.listen();
        RecordingSession opened = open("news", null);
        endpoint.onClose(opened, CloseStatus.NORMAL);
        await().untilAsserted(() -> assertThat(events.events())
                .containsExactly(
                        new ClientEvent.Connected(opened.id(), null, opened.remoteAddress()),
                        new ClientEvent.Subscribed(opened.id(), null, "news"),
                        new ClientEvent.Unsubscribed(opened.id(), null, "news"),
                        new ClientEvent.Disconnected(opened.id(), null, CloseStatus.NORMAL)));
        assertThat(events.threads()).allMatch(Thread::isVirtual);
    }

    @Test
    void whoIsNotSubscribedDoesNotUnsubscribe() throws Exception {
        events.listen();
        TestHandshake handshake = handshake("news", "e:1");
        RecordingSession opened = new RecordingSession(handshake);
        hub.broker().setUnavailable(true);
        endpoint.onOpen(opened, handshake);
        await().until(() -> !opened.isOpen());
        endpoint.onClose(opened, opened.closedWith());
        await().untilAsserted(() -> assertThat(events.events())
                .containsExactly(
                        new ClientEvent.Connected(opened.id(), null, opened.remoteAddress()),
                        new ClientEvent.Disconnected(opened.id(), null, PushClose.UNAVAILABLE.status())));
    }

    @Test
    void nobodyIsToldWhoDoesNotListen() throws Exception {
        RecordingSession opened = open("news", null);
        endpoint.onClose(opened, CloseStatus.NORMAL);
        assertThat(opened.attributes()).isEmpty(); // no more is kept for a client, and no thread is started
        assertThat(events.events()).isEmpty();
    }

    @Test
    void whoCannotBeGivenAllIsClosed() throws Exception {
        hub.publish(KEPT, "one");
        RecordingSession back = open("kept.news", "other:1");
        await().until(() -> !back.isOpen());
        assertThat(back.closedWith()).isEqualTo(PushClose.NOT_RECOVERED.status());
        assertThat(back.sent()).isEmpty();
    }

    @Test
    void aSubscriberIsOnTheTopicUntilItCloses() throws Exception {
        RecordingSession opened = open("kept.news", null);
        await().until(() -> hub.presence().members(KEPT).size() == 1);
        assertThat(hub.presence().members(KEPT).getFirst().connection()).endsWith(opened.id());
        opened.close();
        endpoint.onClose(opened, CloseStatus.NORMAL);
        await().until(() -> hub.presence().members(KEPT).isEmpty());
    }

    @Test
    void aTopicNameIsTakenOrRefusedInTheHandshake() {
        assertThatCode(() -> endpoint.onHandshake(handshake("news", null))).doesNotThrowAnyException();
        assertRefused(handshake("bad name", null), 400, TopicName.RULE);
    }

    @Test
    void aPositionIsTakenOrRefusedInTheHandshake() {
        assertRefused(handshake("news", "17"), 400, Position.RULE);
    }

    @Test
    void aBrokerThatIsUnavailableRefusesTheHandshake() {
        hub.broker().setUnavailable(true);
        assertRefused(handshake("news", null), 503, "Topics are unavailable for the moment.");
        assertThat(refusal(endpoint, handshake("news", null)).headers()).containsEntry("Retry-After", "5");
    }

    @Test
    void whoMayNotSubscribeIsRefused() {
        TopicPolicy closed = new TopicPolicy(
                TopicPattern.ALL,
                Retention.NONE,
                PresencePolicy.NONE,
                AccessRule.AUTHENTICATED,
                AccessRule.NONE,
                OverflowPolicy.CLOSE);
        TopicEndpoint guarded = endpoint(new ClaimsAccess(new TopicRules(List.of(closed)), false), ALL);
        assertThat(refusal(guarded, handshake("news", null)).status()).isEqualTo(401);
        TestHandshake ada = handshake("news", null).withPrincipal("ada");
        assertThatCode(() -> guarded.onHandshake(ada)).doesNotThrowAnyException();
    }

    private void assertRefused(Handshake handshake, int status, String reason) {
        HandshakeRefusedException refused = refusal(endpoint, handshake);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused).hasMessage(reason);
    }

    private static HandshakeRefusedException refusal(TopicEndpoint by, Handshake handshake) {
        return catchThrowableOfType(HandshakeRefusedException.class, () -> by.onHandshake(handshake));
    }

    @Test
    void aSubscriberThatSendsIsToldHowToPublish() {
        endpoint.onText(session, new TestText("hello"));
        assertThat(session.closedWith())
                .isEqualTo(new CloseStatus(1003, "subscribers only receive; publish with POST /topics/{topic}"));

        RecordingSession other = new RecordingSession(handshake("news", null));
        endpoint.onBinary(other, ByteBuffer.allocate(1));
        assertThat(other.closedWith()).isEqualTo(session.closedWith());
    }

    @Test
    void whatFailsForAReasonThatNobodyKnowsEndsTheConnection() throws Exception {
        hub.broker().afterReading(() -> {
            throw new StackOverflowError("on purpose");
        });
        RecordingSession back = open("kept.news", "other:1");
        await().atMost(Duration.ofSeconds(30)).until(() -> back.closedWith() != null);
        assertThat(back.closedWith().code()).isEqualTo(1011);
    }

    private static TestHandshake handshake(String topic, String since) {
        TestHandshake handshake = TestHandshake.to("/topics/" + topic).withPathVariable("topic", topic);
        return since == null ? handshake : handshake.withQueryParameter("since", since);
    }
}
