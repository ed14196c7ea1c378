package dev.pushwire.audit;

/** Is told of each act that was refused, logged or not. Called on any thread: must neither block nor throw. */
@FunctionalInterface
public interface RefusalListener {
    void refused(Outcome outcome);
}
