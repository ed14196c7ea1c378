package dev.pushwire.hijack;

/** Is told of every opening handshake that was answered. Called on the request's thread: must not throw. */
public interface HandshakeListener {
    /**
     * A handshake was answered.
     *
     * @param endpoint the path pattern that the request was mapped by
     * @param result why the answer was what it was
     * @param status of the HTTP reply: 101 when it was accepted
     */
    void answered(String endpoint, HandshakeResult result, int status);
}
