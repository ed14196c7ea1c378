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
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicEndpointTest {
    private static final TopicName NEWS = new TopicName("news");
    private static final TopicName KEPT = new TopicName("kept.news");

    private final TestHub hub = new TestHub();
    private static final NewTopics ALL = new FakeNewTopics(Integer.MAX_VALUE);

    private final TopicEndpoint endpoint = new TopicEndpoint(
            hub.hub(), hub.presence(), new ClaimsAccess(new TopicRules(List.of()), false), ALL, limit -> {});
    private final FakeSession session = new FakeSession(Map.of("topic", "news"));

    @Test
    void namesThatAreMadeUpAreRefusedInTheHandshake() throws Exception {
        TopicEndpoint few = new TopicEndpoint(
                hub.hub(),
                hub.presence(),
                new ClaimsAccess(new TopicRules(List.of()), false),
                new FakeNewTopics(1),
                limit -> {});
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
            hub.subscribe(new TopicName("topic." + i), new FakeSession());
        }
        HandshakeRefusedException refusal = refusal(endpoint, handshake("one.more", null));
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers()).containsEntry("Retry-After", "5");
        endpoint.onHandshake(handshake("topic.0", null));
    }

    private FakeSession open(String topic, String since) throws Exception {
        FakeSession opened = new FakeSession(Map.of("topic", topic));
        Handshake handshake = handshake(topic, since);
        endpoint.onHandshake(handshake);
        endpoint.onOpen(opened, handshake);
        return opened;
    }

    @Test
    void aSubscriberReceivesWhatIsPublishedFromOpenToClose() throws Exception {
        FakeSession opened = open("news", null);
        hub.publish(NEWS, "hello");
        hub.hub().publish(NEWS, Payload.of(Payload.Kind.BINARY, new byte[] {0, -1}), PublishOptions.NONE);
        hub.publish(new TopicName("weather"), "rain");
        endpoint.onClose(opened, CloseStatus.NORMAL);
        hub.publish(NEWS, "too late");

        assertThat(opened.received()).containsExactly("text:hello", "binary:00ff");
        assertThat(hub.hub().topics(null, 1, _ -> true).topics()).isEmpty();
    }

    @Test
    void whoComesBackGetsWhatItMissed() throws Exception {
        Position first = hub.publish(KEPT, "one");
        hub.publish(KEPT, "two");
        FakeSession back = open("kept.news", first.toString());
        await().until(() -> hub.hub().subscribers(KEPT) == 1);
        hub.publish(KEPT, "three");
        assertThat(back.received()).containsExactly("text:two", "text:three");
    }

    @Test
    void whoCannotBeGivenAllIsClosed() throws Exception {
        hub.publish(KEPT, "one");
        FakeSession back = open("kept.news", "other:1");
        await().until(() -> !back.isOpen());
        assertThat(back.closed()).isEqualTo(PushClose.NOT_RECOVERED.status());
        assertThat(back.received()).isEmpty();
    }

    @Test
    void aSubscriberIsOnTheTopicUntilItCloses() throws Exception {
        FakeSession opened = open("kept.news", null);
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
                Access.AUTHENTICATED,
                Access.NONE,
                SlowConsumers.CLOSE);
        TopicEndpoint guarded = new TopicEndpoint(
                hub.hub(), hub.presence(), new ClaimsAccess(new TopicRules(List.of(closed)), false), ALL, limit -> {});
        assertThat(refusal(guarded, handshake("news", null)).status()).isEqualTo(401);
        FakeHandshake ada = new FakeHandshake("/topics/news", Map.of("topic", "news"), Map.of(), () -> "ada");
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
        endpoint.onText(session, new FakeText("hello"));
        assertThat(session.closed())
                .isEqualTo(new CloseStatus(1003, "subscribers only receive; publish with POST /topics/{topic}"));

        FakeSession other = new FakeSession(Map.of("topic", "news"));
        endpoint.onBinary(other, ByteBuffer.allocate(1));
        assertThat(other.closed()).isEqualTo(session.closed());
    }

    private static Handshake handshake(String topic, String since) {
        return new FakeHandshake(
                "/topics/" + topic, Map.of("topic", topic), since == null ? Map.of() : Map.of("since", since), null);
    }
}
