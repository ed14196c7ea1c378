package dev.pushwire.connection;

/** The order of a list of connections. */
public enum ConnectionOrder {
    /** The connection with most in its outbox, the slowest reader, comes first. */
    OUTBOX,
    /** The oldest connection comes first. */
    AGE,
    /** The connection that has been silent longest comes first. */
    IDLE;

    /**
     * The rank of a connection; a higher one comes first. Called on the connection's own loop. Times are absolute,
     * since the loops do not look at the clock at the same moment.
     */
    long rank(Connection connection) {
        return switch (this) {
            case OUTBOX -> connection.out().backlog();
            case AGE -> connection.lifetime().age(0);
            case IDLE -> connection.lifetime().idle(0);
        };
    }
}
