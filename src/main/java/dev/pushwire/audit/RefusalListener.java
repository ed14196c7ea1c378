package dev.pushwire.audit;

/**
 * Is told of each refused act, whether it was logged or not. It is called on any thread, and must neither block nor
 * throw.
 */
@FunctionalInterface
public interface RefusalListener {
    void refused(Outcome outcome);
}
