package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.Session;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of each topic, on all nodes, for topics whose policy shows them. Thread-safe; methods may wait for the
 * broker.
 */
public final class Presence {
    private final Broker broker;
    private final TopicRules rules;

    public Presence(Broker broker, TopicRules rules) {
        this.broker = broker;
        this.rules = rules;
    }

    /** Whether a topic shows its members. */
    public boolean isShown(TopicName topic) {
        return rules.of(topic).presence() != PresencePolicy.NONE;
    }

    /**
     * A session has come to a topic. Does nothing if the topic does not show its members, or if the session is closed:
     * its {@code onClose}, which must {@link #leave}, may have run before.
     *
     * @param info what the session shows of itself, as JSON; null for nothing
     */
    public void enter(TopicName topic, Session session, @Nullable String info) {
        if (!isShown(topic)) {
            return;
        }
        Principal principal = session.principal();
        broker.join(topic, new Member(session.id(), principal == null ? null : principal.getName(), info));
        if (!session.isOpen()) {
            leave(topic, session);
        }
    }

    /** A session shows something else of itself, see {@link #enter}. */
    void enterAnew(TopicName topic, Session session, @Nullable String info) {
        leave(topic, session);
        enter(topic, session, info);
    }

    /** A session has left a topic. */
    public void leave(TopicName topic, Session session) {
        if (isShown(topic)) {
            broker.leave(topic, session.id());
        }
    }

    /** The members of a topic now, in order of their connection ids. */
    public List<Member> members(TopicName topic) {
        return broker.members(topic);
    }
}
