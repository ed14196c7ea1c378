package dev.pushwire.socketio;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.SessionGroup;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscribes a namespace to the directives for all nodes, as long as it has sockets here. Thread-safe. */
final class NamespaceFeed implements Subscriber {
    private static final Logger log = LoggerFactory.getLogger(NamespaceFeed.class);

    private final Namespace namespace;
    private final Broker broker;
    private final SessionGroup.Factory groups;
    private final SocketIoListener listener;
    private final TopicName topic;
    private final Member self;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean begun; // guarded by the lock

    /** @param member the name of this node in the namespace, used only once */
    NamespaceFeed(
            Namespace namespace, String member, Broker broker, SessionGroup.Factory groups, SocketIoListener listener) {
        this.namespace = namespace;
        this.broker = broker;
        this.groups = groups;
        this.listener = listener;
        this.topic = NamespaceTopics.of(namespace.name(), namespace.handler().recovers());
        this.self = new Member(member, null, null);
    }

    TopicName topic() {
        return topic;
    }

    /** Begins, unless it has begun. Waits for the broker. */
    void begin() {
        lock.lock();
        try {
            if (!begun) {
                Position from = broker.subscribe(TopicPattern.exactly(topic), this);
                namespace.begin(Objects.requireNonNull(from, "of an exact topic"));
                broker.join(topic, self); // so that other nodes ask this node
                begun = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends. Waits for the broker. */
    void end() {
        lock.lock();
        try {
            if (begun) {
                begun = false;
                broker.leave(topic, self.connection());
                broker.unsubscribe(TopicPattern.exactly(topic), this);
            }
        } catch (BrokerUnavailableException e) {
            log.debug("The broker will notice that this node has left {}", topic, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void published(Publication publication) {
        try {
            Directive directive = Directive.read(publication.payload().bytes());
            namespace.apply(directive, publication.position());
        } catch (RuntimeException e) {
            log.error("A directive of a node for the sockets of {} failed", namespace.name(), e);
        }
    }

    @Override
    public @Nullable Runnable heldBack() {
        return groups.heldBack();
    }

    @Override
    public void resumed(TopicName same, Position from, boolean complete) {
        namespace.resume(from);
        if (!complete) {
            listener.interrupted(namespace.handler().label());
        }
    }

    @Override
    public void joined(TopicName same, Member member) {}

    @Override
    public void left(TopicName same, Member member) {}
}
