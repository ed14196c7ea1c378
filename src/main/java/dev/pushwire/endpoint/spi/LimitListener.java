package dev.pushwire.endpoint.spi;

/** Is told of clients that asked for more than they may have. Called on any thread: must neither block nor throw. */
@FunctionalInterface
public interface LimitListener {
    void exceeded(Limit limit);
}
