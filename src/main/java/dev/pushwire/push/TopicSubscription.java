package dev.pushwire.push;

/** A subscription of the application's own code to a topic or pattern. It lasts until it is closed. Thread-safe. */
@FunctionalInterface
public interface TopicSubscription extends AutoCloseable {
    /** Ends the subscription. A call of the listener that is under way goes on. May wait for the broker. */
    @Override
    void close();
}
