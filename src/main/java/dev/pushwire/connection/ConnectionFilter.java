package dev.pushwire.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Picks connections; one that says nothing picks all.
 *
 * @param endpoint the path pattern, or the beginning of it followed by {@code *}; null for any
 * @param address the client's, or the beginning of it followed by {@code *}; null for any
 * @param minAge zero for any
 * @param minOutbox bytes that wait at least; 0 for any
 */
public record ConnectionFilter(
        @Nullable String endpoint, @Nullable String address, Duration minAge, long minOutbox) {

    /** Whether it picks all there are. */
    public boolean isOpenToAll() {
        return endpoint == null && address == null && !minAge.isPositive() && minOutbox <= 0;
    }

    /** On the connection's own loop; what costs least is looked at first. */
    boolean picks(Connection connection, long now) {
        return connection.out().backlog() >= minOutbox
                && connection.lifetime().age(now) >= minAge.toNanos()
                && fits(endpoint, connection.binding().pattern())
                && (address == null || fits(address, connection.session().remoteAddress()));
    }

    private static boolean fits(@Nullable String wanted, String actual) {
        if (wanted == null) {
            return true;
        }
        return wanted.endsWith("*")
                ? actual.startsWith(wanted.substring(0, wanted.length() - 1))
                : actual.equals(wanted);
    }
}
