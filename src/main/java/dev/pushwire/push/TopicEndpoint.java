package dev.pushwire.push;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
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

/**
 * The WebSocket of one topic: a client that connects receives each publication as it is, and sends nothing. With
 * {@code ?since=<position>} it begins with what it missed. If the history does not reach back so far, the connection
 * ends with {@link PushClose#NOT_RECOVERED}. With {@code ?last=<n>} it begins with the newest publications.
 *
 * <p>The endpoint runs on the event loop, so a client is subscribed before it knows that it is connected. Work that may
 * wait for the broker is done in the handshake, or on a virtual thread.
 */
@EndpointMapping(value = "/topics/{topic}", execution = Execution.EVENT_LOOP)
public final class TopicEndpoint implements Endpoint {
    private static final CloseStatus RECEIVES_ONLY =
            new CloseStatus(CloseCode.UNSUPPORTED_DATA, "subscribers only receive; publish with POST /topics/{topic}");

    private static final String SINCE = "since";
    private static final String LAST = "last";
    private static final String LAST_RULE =
            "'last' is a number from 1 to " + StartPoint.MOST + ", and is not given with 'since'.";

    private final Hub hub;
    private final Presence presence;
    private final SubscriptionGate gate;
    private final ClientListener events;

    public TopicEndpoint(Hub hub, Presence presence, SubscriptionGate gate, ClientListener events) {
        this.hub = hub;
        this.presence = presence;
        this.gate = gate;
        this.events = events;
    }

    @Override
    public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
        TopicPattern topic = gate.name(variable(handshake.pathVariables()));
        checkStart(handshake);
        gate.pass(topic, handshake);
    }

    private static void checkStart(Handshake handshake) throws HandshakeRefusedException {
        String since = handshake.queryParameter(SINCE);
        if (since != null && !Position.isValid(since)) {
            throw new HandshakeRefusedException(400, Position.RULE);
        }
        String last = handshake.queryParameter(LAST);
        if (last != null && (since != null || newest(last) == 0)) {
            throw new HandshakeRefusedException(400, LAST_RULE);
        }
    }

    private static StartPoint startOf(Handshake handshake) {
        String since = handshake.queryParameter(SINCE);
        String last = handshake.queryParameter(LAST);
        return last == null
                ? StartPoint.of(since == null ? null : Position.parse(since))
                : new StartPoint(null, newest(last));
    }

    /** How many of the newest publications are asked for; 0 if the text is not such a number. */
    private static int newest(String last) {
        try {
            int number = Integer.parseInt(last);
            return number < 0 || number > StartPoint.MOST ? 0 : number;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        TopicName topic = topicOf(session);
        StartPoint from = startOf(handshake);
        boolean done = from.equals(StartPoint.NOW) && hub.subscribeAtOnce(topic, RawFormat.INSTANCE, session) != null;
        if (!done || events.isListening()) {
            TopicClient.begin(events, session, topic.value(), () -> done || subscribe(topic, session, from));
        }
        if (presence.isShown(topic)) {
            later(session, () -> presence.enter(topic, session, null));
        }
    }

    private static void later(Session session, Runnable task) {
        Thread.ofVirtual().name("pushwire-topic-" + session.id()).start(task);
    }

    /** @return whether the client was subscribed */
    private boolean subscribe(TopicName topic, Session session, StartPoint from) {
        try {
            hub.subscribe(topic, RawFormat.INSTANCE, session, from, start -> {
                if (!start.recovered()) {
                    session.close(PushClose.NOT_RECOVERED.status());
                }
            });
            return true;
        } catch (BrokerUnavailableException | TooManyTopicsException e) {
            session.close(PushClose.UNAVAILABLE.status());
            return false;
        }
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
        TopicName topic = topicOf(session);
        hub.unsubscribe(TopicPattern.exactly(topic), RawFormat.INSTANCE, session);
        if (presence.isShown(topic)) {
            later(session, () -> presence.leave(topic, session));
        }
        if (events.isListening()) {
            TopicClient.end(session, status);
        }
    }

    private static TopicName topicOf(Session session) {
        return new TopicName(variable(session.pathVariables()));
    }

    private static String variable(Map<String, String> pathVariables) {
        return pathVariables.getOrDefault("topic", ""); // always there: the mapping names it
    }
}
