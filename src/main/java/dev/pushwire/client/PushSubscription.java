package dev.pushwire.client;

import dev.pushwire.broker.Position;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscription of a {@link PushClient} to a topic or a pattern. Thread-safe. */
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

    /** The position of the subscription. It is null for a pattern, and until the service has answered. */
    public @Nullable Position position() {
        return shared.position();
    }

    /**
     * Completes when the service has subscribed the client. Fails with a {@link PushException} if the service refuses,
     * for example because the client may not read the topic.
     */
    public CompletableFuture<Void> ready() {
        return shared.ready().copy(); // what the caller does to it, such as a time-out, is no other's
    }

    /**
     * Sets an action for publications that were missed for good. The application then fetches the present state from
     * its own source. The action runs on the listener's thread, before the publications that follow. The service does
     * not recover patterns, so for a pattern the action runs after each lost connection.
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

    /** Logs an exception or error of the application's, so that other subscriptions go on. */
    private void tell(Runnable call) {
        try {
            if (!closed) {
                call.run();
            }
        } catch (Throwable e) {
            log.error("A listener of {} failed", topic(), e);
        }
    }

    /** Ends the subscription. Other subscriptions to the same topic go on. */
    @Override
    public void close() {
        end();
        client.leave(shared, this);
    }

    /** The listener is not called any more. */
    void end() {
        closed = true;
    }
}
