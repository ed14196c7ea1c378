package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A topic in its raw form: whoever connects receives each publication as it is, and sends nothing. */
@Component
@EndpointMapping(value = "/topics/{topic}", execution = Execution.EVENT_LOOP)
final class TopicEndpoint implements Endpoint {
    private static final CloseStatus RECEIVES_ONLY =
            new CloseStatus(CloseCode.UNSUPPORTED_DATA, "subscribers only receive; publish with POST /topics/{topic}");

    private final Hub hub;

    TopicEndpoint(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
        if (!TopicName.isValid(variable(handshake.pathVariables()))) {
            throw new HandshakeRefusedException(400, TopicName.RULE);
        }
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        hub.subscribe(topicOf(session), session);
    }

    @Override
    public void onText(Session session, Text text) {
        session.close(RECEIVES_ONLY);
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        session.close(RECEIVES_ONLY);
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        hub.unsubscribe(topicOf(session), session);
    }

    private static TopicName topicOf(Session session) {
        return new TopicName(variable(session.pathVariables()));
    }

    private static String variable(Map<String, String> pathVariables) {
        return pathVariables.getOrDefault("topic", ""); // always there: the mapping names it
    }
}
