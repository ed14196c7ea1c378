package dev.pushwire.tomcat;

/** Is told of every opening handshake that was answered. It is called on the request's thread, and must not throw. */
public interface HandshakeListener {
    /** Stands for the pattern of a path without an endpoint. */
    String NO_ENDPOINT = "none";

    /**
     * A handshake was answered.
     *
     * @param endpoint the path pattern of the endpoint, or {@link #NO_ENDPOINT}
     * @param result the reason for the answer
     * @param status the status of the HTTP reply; 101 if the handshake was accepted
     */
    void answered(String endpoint, HandshakeResult result, int status);
}
