package dev.pushwire.connection;

/** What stands first in a list of connections. */
public enum ConnectionOrder {
    /** The one with most in its outbox: the slowest reader. */
    OUTBOX,
    /** The one that has been open longest. */
    AGE,
    /** The one that has been silent longest. */
    IDLE;

    /**
     * The higher, the further up; on the connection's own loop. Of times it is the absolute one: the loops do not look at
     * the clock in the same moment.
     */
    long rank(Connection connection) {
        return switch (this) {
            case OUTBOX -> connection.out().backlog();
            case AGE -> connection.lifetime().age(0);
            case IDLE -> connection.lifetime().idle(0);
        };
    }
}
