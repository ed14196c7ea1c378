package dev.pushwire.connection;

/** Is told how long messages to groups take to reach the sockets. Called on event loops: must neither block nor throw. */
@FunctionalInterface
public interface PublishListener {
    /**
     * One sample: the message that had waited longest when a pass ended.
     *
     * @param nanos from the call of {@link dev.pushwire.endpoint.SessionGroup#send} until every member of the loop was
     *     written to
     */
    void written(long nanos);
}
