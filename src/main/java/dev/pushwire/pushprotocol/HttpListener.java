package dev.pushwire.pushprotocol;

/** Is told of requests of clients without a WebSocket. It is called on any thread, and must neither block nor throw. */
@FunctionalInterface
public interface HttpListener {
    /** The purpose of a request. */
    enum Request {
        OPEN,
        POLL,
        POST,
        END
    }

    /**
     * A request was answered.
     *
     * @param status the status of the answer; 200 for a poll that waits
     */
    void answered(Request request, int status);
}
