package dev.pushwire.access;

import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How long a lease holds. It is asked by one event loop. */
interface Validity {
    /** Valid as long as the connection. */
    Validity UNLIMITED = now -> null;

    /**
     * @param now the time as {@link System#nanoTime} counts it
     * @return the status to close with; null as long as the lease holds
     */
    @Nullable
    CloseStatus ending(long now);

    /** Valid until the time by which the client must have sent a token. */
    record Probation(long deadline) implements Validity {
        static Probation of(Duration time) {
            return new Probation(System.nanoTime() + time.toNanos());
        }

        @Override
        public @Nullable CloseStatus ending(long now) {
            return now - deadline >= 0 ? AccessStatus.UNAUTHENTICATED : null;
        }
    }

    /** Valid until a token expires or is revoked. */
    final class OfToken implements Validity {
        /** Beyond this, nanoseconds overflow. No connection lasts so long. */
        private static final Duration LONGEST = Duration.ofDays(36500);

        private final TokenPrincipal token;
        private final long deadline;
        private final Revocations revocations;
        private int checkedVersion;

        /** @param checkedVersion the version of the revocations, read before the token was looked up in them */
        OfToken(TokenPrincipal token, Revocations revocations, int checkedVersion, InstantSource clock) {
            this.token = token;
            this.revocations = revocations;
            this.checkedVersion = checkedVersion;
            this.deadline =
                    System.nanoTime() + left(token.expiresAt(), clock.instant()).toNanos();
        }

        private static Duration left(Instant expiresAt, Instant now) {
            Duration left = Duration.between(now, expiresAt);
            return left.compareTo(LONGEST) > 0 ? LONGEST : left;
        }

        @Override
        public @Nullable CloseStatus ending(long now) {
            if (now - deadline >= 0) {
                return AccessStatus.TOKEN_EXPIRED;
            }
            int version = revocations.version();
            if (version != checkedVersion) {
                checkedVersion = version;
                return revocations.isRevoked(token) ? AccessStatus.REVOKED : null;
            }
            return null;
        }
    }
}
