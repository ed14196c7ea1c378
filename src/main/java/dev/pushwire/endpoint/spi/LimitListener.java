package dev.pushwire.endpoint.spi;

/** Is told of clients that reached a limit. It is called on any thread, and must neither block nor throw. */
@FunctionalInterface
public interface LimitListener {
    void exceeded(Limit limit);
}
