package dev.pushwire.connection;

import java.util.Comparator;

/** What stands first in a list of connections. */
public enum ConnectionOrder {
    /** The one with most in its outbox: the slowest reader. */
    OUTBOX,
    /** The one that has been open longest. */
    AGE,
    /** The one that has been silent longest. */
    IDLE;

    private long rank(ConnectionInfo info) {
        return switch (this) {
            case OUTBOX -> info.outboxBytes();
            case AGE -> info.age().toNanos();
            case IDLE -> info.idle().toNanos();
        };
    }

    private long rank(Connection connection, long now) {
        return switch (this) {
            case OUTBOX -> connection.out().backlog();
            case AGE -> connection.lifetime().age(now);
            case IDLE -> connection.lifetime().idle(now);
        };
    }

    /** By id where it is even, so that what one page shows is not on the next. */
    Comparator<ConnectionInfo> infos() {
        return Comparator.<ConnectionInfo>comparingLong(this::rank)
                .reversed()
                .thenComparingLong(info -> Long.parseLong(info.id(), Character.MAX_RADIX));
    }

    /** The same, for use on the connections' own loop. */
    Comparator<Connection> connections(long now) {
        return Comparator.<Connection>comparingLong(connection -> rank(connection, now))
                .reversed()
                .thenComparingLong(connection -> connection.session().number());
    }
}
