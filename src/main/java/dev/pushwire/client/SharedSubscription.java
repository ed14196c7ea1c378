package dev.pushwire.client;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions of a client to one topic, which share one subscription on the connection. One thread at a time
 * writes the position.
 */
final class SharedSubscription {
    private static final long NOT_ASKED = -1;

    private final TopicPattern topic;
    private final List<PushSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable Position position;
    private volatile long askedBy = NOT_ASKED; // the command over the present connection
    private volatile boolean isLive;
    private boolean hasBegun; // over any connection; one thread at a time
    private @Nullable Position overtaken; // up to where patterns have the topic already; one thread at a time

    SharedSubscription(TopicPattern topic, @Nullable Position since) {
        this.topic = topic;
        this.position = since;
    }

    String topic() {
        return topic.value();
    }

    boolean matches(TopicName name) {
        return topic.matches(name);
    }

    List<PushSubscription> subscriptions() {
        return subscriptions;
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    /** The position; null for a pattern, and until the service has answered. */
    @Nullable
    Position position() {
        return position;
    }

    /** The client is about to ask for it with this command. */
    void ask(long command) {
        askedBy = command;
    }

    boolean isAskedBy(long command) {
        return askedBy == command;
    }

    /** The connection is over, or the service has refused the subscription for the moment. */
    void rest() {
        isLive = false;
        askedBy = NOT_ASKED;
    }

    boolean isResting() {
        return askedBy == NOT_ASKED;
    }

    /** Whether the service has answered the command: what it sends now follows on the position. */
    boolean isLive() {
        return isLive;
    }

    /** The service has answered the command, and said where the subscription begins, or continues. */
    void begin(@Nullable Position where, boolean complete) {
        boolean isWhole = topic.hasWildcard() ? !hasBegun : complete; // the service recovers no patterns
        hasBegun = true;
        isLive = true;
        position = where;
        ready.complete(null);
        if (!isWhole) {
            reset();
        }
    }

    /** The topic, or one that the pattern matches, was interrupted inside the service, and continues at another position. */
    void resume(Position where, boolean complete) {
        if (!topic.hasWildcard()) {
            position = where;
        }
        if (!complete) {
            reset();
        }
    }

    /** The client is closed. */
    void close() {
        subscriptions.forEach(PushSubscription::end);
        ready.completeExceptionally(new PushException("closed", "The client is closed."));
    }

    private void reset() {
        subscriptions.forEach(PushSubscription::reset);
    }

    /** Whether a publication of the topic is new; after a reconnect it may have come before. */
    boolean isNews(Message message) {
        return !isBehind(position, message);
    }

    /** A publication of the topic has come by a pattern, before this was subscribed again. */
    void overtake(Position by) {
        overtaken = by;
    }

    /** Whether subscriptions to patterns have got the publication before, or began after it. */
    boolean isOvertaken(Message message) {
        return isBehind(overtaken, message);
    }

    private static boolean isBehind(@Nullable Position position, Message message) {
        return position != null
                && position.epoch().equals(message.position().epoch())
                && message.position().offset() <= position.offset();
    }

    void deliver(Message message) {
        if (!topic.hasWildcard()) {
            position = message.position();
        }
        Message mine = message.by(topic());
        subscriptions.forEach(subscription -> subscription.deliver(mine));
    }
}
