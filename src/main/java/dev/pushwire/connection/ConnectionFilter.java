package dev.pushwire.connection;

import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Picks connections; one that says nothing picks all.
 *
 * @param endpoint the path pattern, or the beginning of it followed by {@code *}; null for any
 * @param address the client's, or the beginning of it followed by {@code *}; null for any
 * @param principal the name of who the client is; null for any
 * @param minAge zero for any
 * @param minOutbox bytes that wait at least; 0 for any
 */
public record ConnectionFilter(
        @Nullable String endpoint,
        @Nullable String address,
        @Nullable String principal,
        Duration minAge,
        long minOutbox) {

    /** Those of one principal. */
    public static ConnectionFilter of(String principal) {
        return new ConnectionFilter(null, null, principal, Duration.ZERO, 0);
    }

    /** Whether it picks all there are. */
    public boolean isOpenToAll() {
        return endpoint == null && address == null && principal == null && !minAge.isPositive() && minOutbox <= 0;
    }

    /** On the connection's own loop; what costs least is looked at first. */
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
