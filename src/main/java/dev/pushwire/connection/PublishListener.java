package dev.pushwire.connection;

/**
 * Is told how long messages to groups take to reach the sockets. It is called on event loops, and must neither block
 * nor throw.
 */
@FunctionalInterface
public interface PublishListener {
    /**
     * Takes one sample: the message that had waited longest when a pass ended.
     *
     * @param nanos the nanoseconds from the call of {@link dev.pushwire.endpoint.SessionGroup#send} until every member
     *     of the loop was written to
     */
    void written(long nanos);
}
