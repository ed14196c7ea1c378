package dev.pushwire.pushprotocol;

/** Is told of requests that stand for a WebSocket. Called on any thread: must neither block nor throw. */
@FunctionalInterface
public interface HttpListener {
    /** What a request is for. */
    enum Request {
        OPEN,
        POLL,
        POST,
        END
    }

    /** @param status of the answer; 200 for a poll that waits */
    void answered(Request request, int status);
}
