package dev.pushwire.tomcat;

/**
 * Is told of connections and requests that do not come as far as a handshake. It is called on the connector's threads,
 * and must not throw.
 */
public interface EdgeListener {
    /** A client was cut off: it did not send a whole header section, or finish its TLS handshake, in time. */
    void timedOut();

    /** A connection could not be accepted, mostly for lack of file descriptors. Tomcat tries again. */
    void acceptFailed();

    /**
     * A request was refused because Tomcat could not read it.
     *
     * @param status the status of the HTTP reply
     */
    void refused(int status);
}
