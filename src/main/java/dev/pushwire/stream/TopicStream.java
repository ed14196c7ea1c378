package dev.pushwire.stream;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.Hub;
import dev.pushwire.push.Presence;
import dev.pushwire.push.PushClose;
import dev.pushwire.push.TopicClient;

/**
 * The endpoint for streams of one topic each. It runs on the event loop, so a new client is subscribed before it knows
 * that it is connected.
 */
final class TopicStream implements Endpoint {
    private final Hub hub;
    private final Presence presence;
    private final ClientListener events;

    TopicStream(Hub hub, Presence presence, ClientListener events) {
        this.hub = hub;
        this.presence = presence;
        this.events = events;
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        StreamRequest wanted = StreamHandshake.wanted(handshake);
        session.send(StreamEvents.opening(wanted.resumption().id()));
        TopicPattern topic = wanted.topics().getFirst();
        Position at = wanted.resumption() instanceof Resumption.Fresh
                ? hub.subscribeAtOnce(topic.topic(), EventFormat.INSTANCE, session)
                : null;
        boolean done = at != null;
        if (at != null) {
            session.send(StreamEvents.begins(EventId.of(at), topic, at, true));
        }
        if (!done || events.isListening()) {
            TopicClient.begin(
                    events, session, topic.value(), () -> done || subscribe(session, topic, wanted.resumption()));
        }
        if (presence.isShown(topic.topic())) {
            later(session, () -> presence.enter(topic.topic(), session, null));
        }
    }

    private static void later(Session session, Runnable task) {
        Thread.ofVirtual().name("pushwire-stream-" + session.id()).start(task);
    }

    /** @return whether the client was subscribed */
    private boolean subscribe(Session session, TopicPattern topic, Resumption resumption) {
        try {
            hub.subscribe(topic.topic(), EventFormat.INSTANCE, session, resumption.start(0), start -> {
                boolean whole = start.recovered() && !(resumption instanceof Resumption.Unreadable);
                Position at = start.position();
                session.sendUnpaced(StreamEvents.begins(EventId.of(at), topic, at, whole));
            });
            return true;
        } catch (BrokerUnavailableException | TooManyTopicsException e) {
            session.close(PushClose.UNAVAILABLE.status());
            return false;
        }
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        TopicPattern topic = new TopicPattern(session.pathVariables().getOrDefault("topic", ""));
        hub.unsubscribe(topic, EventFormat.INSTANCE, session);
        if (presence.isShown(topic.topic())) {
            later(session, () -> presence.leave(topic.topic(), session));
        }
        if (events.isListening()) {
            TopicClient.end(session, status);
        }
    }
}
