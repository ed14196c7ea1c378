package dev.pushwire.push;

import dev.pushwire.endpoint.Session;

/**
 * Limits how many topics a client may have its node subscribe to anew. A topic without publications costs next to
 * nothing, but a client can make up any number of names. Thread-safe.
 */
public interface NewTopics {
    /**
     * Takes one new topic or pattern for a connection.
     *
     * @return false if the client has to wait
     */
    boolean allows(Session session);

    /**
     * Takes one new topic for a client that is about to connect.
     *
     * @param remoteAddress as {@link Session#remoteAddress}
     * @return false if the client has to wait
     */
    boolean allows(String remoteAddress);
}
