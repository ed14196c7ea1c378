package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.Authenticated;
import dev.pushwire.push.ClientResult;
import dev.pushwire.push.ClientResult.Done;
import dev.pushwire.push.ClientResult.Refused;
import dev.pushwire.push.ClientSession;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.StartPoint;
import dev.pushwire.push.Subscribed;
import dev.pushwire.socketio.TopicsRequest.BadRequestException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The namespace {@code /topics}: the topics that clients of other doors see, too. The acknowledgement answers what a
 * client asks for. It is an object, and {@code {"error":{"code","message"}}} if the client was refused.
 */
final class TopicsNamespace implements NamespaceHandler {
    static final String NAME = "/topics";

    private final ClientSessions sessions;

    TopicsNamespace(ClientSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String label() {
        return NAME;
    }

    @Override
    public boolean decides() {
        return false;
    }

    @Override
    public boolean wantsHandshake() {
        return false;
    }

    @Override
    public boolean recovers() {
        return false; // topics do that themselves
    }

    @Override
    public void beforeConnect(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake) {}

    @Override
    public void connected(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake) {
        socket.client().setTopics(sessions.open(socket.connection(), TopicsFormat.INSTANCE));
    }

    /** Checks a token that a client shows in any namespace. */
    ClientResult<Authenticated> authenticate(Client client, String token) {
        ClientSession present = client.topics();
        ClientSession session =
                present != null ? present : sessions.forToken(client.connection(), TopicsFormat.INSTANCE);
        ClientResult<Authenticated> result = session.authenticate(token);
        if (result instanceof Done<Authenticated>(var authenticated)) {
            for (TopicPattern ended : authenticated.ended()) {
                client.engine().send(TopicsFormat.event("unsubscribed", TopicsJson.topic(ended.value())));
            }
        }
        return result;
    }

    @Override
    public boolean event(ServerSocket socket, String name, Arguments arguments, EventAck ack) {
        ClientSession session = socket.client().topics();
        if (session == null) {
            return false; // it has left
        }
        try {
            switch (name) {
                case "subscribe" -> subscribe(session, new TopicsRequest(arguments, 1), ack);
                case "unsubscribe" -> unsubscribe(session, new TopicsRequest(arguments, 1), ack);
                case "publish" -> publish(session, new TopicsRequest(arguments, 2), ack);
                case "presence" -> presence(session, new TopicsRequest(arguments, 1), ack);
                case "authenticate" -> authenticate(socket, new TopicsRequest(arguments, 1), ack);
                default -> {
                    return false;
                }
            }
        } catch (BadRequestException e) {
            ack.sendUnpaced(TopicsJson.error(e.code(), String.valueOf(e.getMessage())));
        }
        return true;
    }

    private static void subscribe(ClientSession session, TopicsRequest request, EventAck ack)
            throws BadRequestException {
        TopicPattern topic = request.pattern();
        Position since = request.since(topic);
        // before anything that is published, which does not wait for us
        Consumer<Subscribed> first = subscribed -> ack.sendUnpaced(TopicsJson.subscribed(subscribed, session.id()));
        answer(session.subscribe(topic, StartPoint.of(since), request.info(), first), null, ack);
    }

    private static void unsubscribe(ClientSession session, TopicsRequest request, EventAck ack)
            throws BadRequestException {
        answer(session.unsubscribe(request.pattern()), topic -> TopicsJson.topic(topic.value()), ack);
    }

    private static void publish(ClientSession session, TopicsRequest request, EventAck ack) throws BadRequestException {
        TopicName topic = request.topic();
        answer(
                session.publish(topic, request.payload(), request.publishOptions()),
                result -> TopicsJson.published(topic, result),
                ack);
    }

    private static void presence(ClientSession session, TopicsRequest request, EventAck ack)
            throws BadRequestException {
        TopicName topic = request.topic();
        answer(session.presence(topic), members -> TopicsJson.presence(topic, members), ack);
    }

    private void authenticate(ServerSocket socket, TopicsRequest request, EventAck ack) throws BadRequestException {
        String token = request.string(0, "invalid_token", "The token");
        synchronized (socket.client().tokens()) {
            answer(authenticate(socket.client(), token), TopicsJson::authenticated, ack);
        }
    }

    /** @param json null if the answer has been sent already */
    private static <T> void answer(ClientResult<T> result, @Nullable Function<T, String> json, EventAck ack) {
        switch (result) {
            case Done<T>(T value) -> {
                if (json != null) {
                    ack.sendUnpaced(json.apply(value));
                }
            }
            case Refused<T>(var refusal, String sentence) ->
                ack.sendUnpaced(TopicsJson.error(TopicsJson.code(refusal), sentence));
        }
    }

    @Override
    public void disconnecting(ServerSocket socket, DisconnectReason reason) {
        ClientSession session = socket.client().topics();
        if (session != null) {
            socket.client().setTopics(null);
            session.close(reason.isOrderly() ? CloseStatus.NORMAL : CloseStatus.ABNORMAL);
        }
    }

    @Override
    public void disconnected(ServerSocket socket, DisconnectReason reason) {}
}
