package dev.pushwire.connection;

import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Selects connections. A filter without conditions selects all.
 *
 * @param endpoint the path pattern, or the beginning of it followed by {@code *}; null for any
 * @param address the client's, or the beginning of it followed by {@code *}; null for any
 * @param principal the name of the client's user; null for any
 * @param minAge the least age; zero for any
 * @param minOutbox the least number of bytes that wait; 0 for any
 */
public record ConnectionFilter(
        @Nullable String endpoint,
        @Nullable String address,
        @Nullable String principal,
        Duration minAge,
        long minOutbox) {

    /** Selects the connections of one principal. */
    public static ConnectionFilter of(String principal) {
        return new ConnectionFilter(null, null, principal, Duration.ZERO, 0);
    }

    /** Whether it selects all connections. */
    public boolean isOpenToAll() {
        return endpoint == null && address == null && principal == null && !minAge.isPositive() && minOutbox <= 0;
    }

    /** Whether it selects a connection. Called on the connection's own loop; cheap conditions come first. */
    boolean picks(Connection connection, long now) {
        return connection.out().backlog() >= minOutbox
                && connection.lifetime().age(now) >= minAge.toNanos()
                && (principal == null
                        || principal.equals(nameOf(connection.session().principal())))
                && fits(endpoint, connection.binding().pattern())
                && (address == null || fits(address, connection.session().remoteAddress()));
    }

    private static @Nullable String nameOf(@Nullable Principal who) {
        return who == null ? null : who.getName();
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
