package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicEndpointTest {
    private final Hub hub = new Hub(FakeSessionGroup::new);
    private final TopicEndpoint endpoint = new TopicEndpoint(hub);
    private final FakeSession session = new FakeSession(Map.of("topic", "news"));

    @Test
    void aSubscriberReceivesWhatIsPublishedFromOpenToClose() {
        endpoint.onOpen(session, handshake("news"));
        hub.publish(new TopicName("news"), OutboundMessage.text("hello"));
        hub.publish(new TopicName("news"), OutboundMessage.binary(ByteBuffer.wrap(new byte[] {0, -1})));
        hub.publish(new TopicName("weather"), OutboundMessage.text("rain"));
        endpoint.onClose(session, CloseStatus.NORMAL);
        hub.publish(new TopicName("news"), OutboundMessage.text("too late"));

        assertThat(session.received()).containsExactly("text:hello", "binary:00ff");
        assertThat(hub.topics()).isEmpty();
    }

    @Test
    void aTopicNameIsTakenOrRefusedInTheHandshake() {
        assertThatCode(() -> endpoint.onHandshake(handshake("news"))).doesNotThrowAnyException();

        HandshakeRefusedException refused = catchThrowableOfType(
                HandshakeRefusedException.class, () -> endpoint.onHandshake(handshake("bad name")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused).hasMessage(TopicName.RULE);
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

    private static Handshake handshake(String topic) {
        return new FakeHandshake("/topics/" + topic, Map.of("topic", topic));
    }
}
