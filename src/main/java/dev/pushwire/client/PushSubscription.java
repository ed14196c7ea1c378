package dev.pushwire.client;

import dev.pushwire.broker.Position;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscription of a {@link PushClient}, to a topic or a pattern. Thread-safe. */
public final class PushSubscription implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PushSubscription.class);

    private final PushClient client;
    private final SharedSubscription shared;
    private final Consumer<Message> listener;
    private volatile Runnable onReset = () -> {};
    private volatile boolean closed;

    PushSubscription(PushClient client, SharedSubscription shared, Consumer<Message> listener) {
        this.client = client;
        this.shared = shared;
        this.listener = listener;
    }

    /** The topic or pattern. */
    public String topic() {
        return shared.topic();
    }

    /** Where the subscription stands now; null before the service has said so, and for a pattern. */
    public @Nullable Position position() {
        return shared.position();
    }

    /**
     * Done when the service has subscribed the client. Fails with a {@link PushException} when it refuses, for example because the
     * client may not read the topic.
     */
    public CompletableFuture<Void> ready() {
        return shared.ready();
    }

    /**
     * Is run when publications were missed and cannot be had any more: fetch the present state from wherever it is kept. Runs on the
     * thread that the listener runs on, before the publications that follow.
     */
    public PushSubscription onReset(Runnable action) {
        onReset = action;
        return this;
    }

    void deliver(Message message) {
        tell(() -> listener.accept(message));
    }

    void reset() {
        tell(onReset);
    }

    /** What it throws is the application's, and keeps nothing from other subscriptions. */
    private void tell(Runnable call) {
        try {
            if (!closed) {
                call.run();
            }
        } catch (RuntimeException e) {
            log.error("A listener of {} failed", topic(), e);
        }
    }

    /** Ends the subscription. Further ones to the same topic go on. */
    @Override
    public void close() {
        closed = true;
        client.leave(shared, this);
    }
}
