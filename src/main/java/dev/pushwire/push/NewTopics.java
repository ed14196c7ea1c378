package dev.pushwire.push;

import dev.pushwire.endpoint.Session;

/**
 * How many topics that a node is not subscribed to yet a client may have it subscribe to. One that nobody publishes to costs
 * next to nothing, but names are cheap to make up. Thread-safe.
 */
public interface NewTopics {
    /**
     * One more topic or pattern for a connection.
     *
     * @return false when its client has to wait
     */
    boolean allows(Session session);

    /**
     * One more for a client that is about to connect.
     *
     * @param remoteAddress as {@link Session#remoteAddress}
     * @return false when it has to wait
     */
    boolean allows(String remoteAddress);
}
