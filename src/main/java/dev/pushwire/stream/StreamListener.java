package dev.pushwire.stream;

/** Is told of every request for a stream that was answered. Called on the request's thread: must not throw. */
@FunctionalInterface
public interface StreamListener {
    /** What became of a request. */
    enum Result {
        /** There is a stream. */
        OPENED,
        /** There is none for now, and the client was told to come back. */
        UNAVAILABLE,
        /** There is none for this client, or not of what it asks for. */
        REFUSED
    }

    /**
     * A request was answered.
     *
     * @param endpoint the path pattern
     * @param status of the HTTP reply
     */
    void answered(String endpoint, Result result, int status);
}
