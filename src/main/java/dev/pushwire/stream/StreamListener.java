package dev.pushwire.stream;

/** Is told of every answered request for a stream. It is called on the request's thread, and must not throw. */
@FunctionalInterface
public interface StreamListener {
    /** The result of a request. */
    enum Result {
        /** The stream was opened. */
        OPENED,
        /** The stream is not available now, and the client was told to come back. */
        UNAVAILABLE,
        /** The request was refused: the client may not, or cannot, have this stream. */
        REFUSED
    }

    /**
     * A request was answered.
     *
     * @param endpoint the path pattern
     * @param status the status of the HTTP reply
     */
    void answered(String endpoint, Result result, int status);
}
