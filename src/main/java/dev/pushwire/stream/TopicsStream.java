package dev.pushwire.stream;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.ClientEvent;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.Hub;
import dev.pushwire.push.Presence;
import dev.pushwire.push.PushClose;
import dev.pushwire.push.TooManyPatternsException;
import dev.pushwire.stream.Resumption.Fresh;
import dev.pushwire.stream.Resumption.Unreadable;
import java.util.function.Supplier;

/**
 * The endpoint for streams of several topics and patterns each. It runs on virtual threads, since a subscription to a
 * pattern may wait for the broker.
 */
final class TopicsStream implements Endpoint {
    private static final String ATTRIBUTE = "topics";

    private final Hub hub;
    private final Presence presence;
    private final LimitListener limits;
    private final ClientListener events;

    TopicsStream(Hub hub, Presence presence, LimitListener limits, ClientListener events) {
        this.hub = hub;
        this.presence = presence;
        this.limits = limits;
        this.events = events;
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        StreamRequest wanted = StreamHandshake.wanted(handshake);
        session.send(StreamEvents.opening(wanted.resumption().id()));
        TopicsSession stream = new TopicsSession(session, wanted);
        session.attributes().put(ATTRIBUTE, stream);
        tell(() -> new ClientEvent.Connected(session.id(), session.principal(), session.remoteAddress()));
        try {
            subscribe(stream, wanted.resumption());
        } catch (BrokerUnavailableException | TooManyTopicsException e) {
            session.close(PushClose.UNAVAILABLE.status());
        } catch (TooManyPatternsException e) {
            limits.exceeded(Limit.PATTERNS_PER_NODE);
            session.close(PushClose.UNAVAILABLE.status());
        }
    }

    /**
     * Subscribes to patterns last. From then on, a publication of a topic that is subscribed to by name comes once, and
     * in order.
     */
    private void subscribe(TopicsSession stream, Resumption resumption) throws TooManyPatternsException {
        boolean readable = !(resumption instanceof Unreadable);
        for (int i = 0; i < stream.topics().size(); i++) {
            TopicPattern topic = stream.topics().get(i);
            if (!topic.hasWildcard()) {
                int index = i;
                hub.subscribe(
                        topic.topic(),
                        NamedEventFormat.INSTANCE,
                        stream,
                        resumption.start(i),
                        start -> stream.begin(index, start.position(), readable && start.recovered()));
                subscribed(stream, topic);
                presence.enter(topic.topic(), stream, null);
            }
        }
        for (int i = 0; i < stream.topics().size(); i++) {
            TopicPattern pattern = stream.topics().get(i);
            if (pattern.hasWildcard()) {
                int index = i;
                hub.subscribe(
                        pattern,
                        NamedEventFormat.INSTANCE,
                        stream,
                        () -> stream.begin(index, resumption instanceof Fresh));
                subscribed(stream, pattern);
            }
        }
    }

    private void subscribed(TopicsSession stream, TopicPattern topic) {
        stream.subscribed().add(topic);
        tell(() -> new ClientEvent.Subscribed(stream.id(), stream.principal(), topic.value()));
    }

    private void tell(Supplier<ClientEvent> event) {
        if (events.isListening()) {
            events.happened(event.get());
        }
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        if (session.attributes().get(ATTRIBUTE) instanceof TopicsSession stream) {
            for (TopicPattern topic : stream.topics()) {
                hub.unsubscribe(topic, NamedEventFormat.INSTANCE, stream);
                if (!topic.hasWildcard()) {
                    presence.leave(topic.topic(), stream);
                }
            }
            stream.subscribed()
                    .forEach(topic ->
                            tell(() -> new ClientEvent.Unsubscribed(stream.id(), stream.principal(), topic.value())));
            tell(() -> new ClientEvent.Disconnected(stream.id(), stream.principal(), status));
        }
    }
}
