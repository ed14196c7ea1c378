package dev.pushwire.push;

import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of one topic on an event loop, with tasks that may wait: to subscribe it, and to tell listeners of it. A
 * virtual thread runs these tasks one after the other. Both methods are for the event loop.
 */
public final class TopicClient {
    private static final Logger log = LoggerFactory.getLogger(TopicClient.class);
    private static final CloseStatus FAILED = new CloseStatus(CloseCode.INTERNAL_ERROR, "the subscription failed");
    private static final String ATTRIBUTE = "topic";

    private final ClientListener events;
    private final Session session;
    private final String topic;
    private final SerialTasks tasks;
    private boolean subscribed; // only the tasks use it

    private TopicClient(ClientListener events, Session session, String topic) {
        this.events = events;
        this.session = session;
        this.topic = topic;
        this.tasks = new SerialTasks("pushwire-topic-" + session.id());
    }

    /**
     * A client has connected.
     *
     * @param subscribe may wait; returns whether the client is subscribed. If it throws, the client is closed
     */
    public static void begin(ClientListener events, Session session, String topic, BooleanSupplier subscribe) {
        TopicClient client = new TopicClient(events, session, topic);
        session.attributes().put(ATTRIBUTE, client);
        client.tasks.add(() -> client.open(subscribe));
    }

    private void open(BooleanSupplier subscribe) {
        tell(new ClientEvent.Connected(session.id(), session.principal(), session.remoteAddress()));
        try {
            subscribed = subscribe.getAsBoolean();
        } catch (RuntimeException | Error e) {
            session.close(FAILED); // else the client would wait for publications that never come
            log.error("A client could not be subscribed to its topic", e);
        }
        if (subscribed) {
            tell(new ClientEvent.Subscribed(session.id(), session.principal(), topic));
        }
    }

    /** A client has disconnected. Does nothing for a session without an earlier {@link #begin}. */
    public static void end(Session session, CloseStatus status) {
        if (session.attributes().get(ATTRIBUTE) instanceof TopicClient client) {
            client.tasks.add(() -> client.close(status));
        }
    }

    private void close(CloseStatus status) {
        if (subscribed) {
            tell(new ClientEvent.Unsubscribed(session.id(), session.principal(), topic));
        }
        tell(new ClientEvent.Disconnected(session.id(), session.principal(), status));
    }

    private void tell(ClientEvent event) {
        if (events.isListening()) {
            events.happened(event);
        }
    }
}
