package dev.pushwire.tomcat;

/** Is told of every opening handshake that was answered. Called on the request's thread: must not throw. */
public interface HandshakeListener {
    /** Stands for the endpoint's pattern where the path has none. */
    String NO_ENDPOINT = "none";

    /**
     * A handshake was answered.
     *
     * @param endpoint the path pattern that the request was mapped by, or {@link #NO_ENDPOINT}
     * @param result why the answer was what it was
     * @param status of the HTTP reply: 101 when it was accepted
     */
    void answered(String endpoint, HandshakeResult result, int status);
}
