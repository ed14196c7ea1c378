package dev.pushwire.tomcat;

/**
 * Is told of connections and requests that do not come as far as a handshake. Called on the connector's threads: must not
 * throw.
 */
public interface EdgeListener {
    /** A client was cut off, since it did not send a whole header section, or end its TLS handshake, in time. */
    void timedOut();

    /** A connection could not be accepted, mostly for want of file descriptors; it is tried again. */
    void acceptFailed();

    /**
     * A request was refused before anybody looked at what it asks for, since it could not be read.
     *
     * @param status of the HTTP reply
     */
    void refused(int status);
}
