package dev.pushwire.push;

/** What an application listens to, until it closes this. Thread-safe. */
@FunctionalInterface
public interface TopicSubscription extends AutoCloseable {
    /** Ends it; a call of the listener that is under way goes on. May wait for the broker. */
    @Override
    void close();
}
