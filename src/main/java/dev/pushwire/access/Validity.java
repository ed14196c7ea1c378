package dev.pushwire.access;

import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How long a lease holds. Asked by one event loop. */
interface Validity {
    /** As long as the connection. */
    Validity UNLIMITED = now -> null;

    /**
     * @param now as {@link System#nanoTime} counts
     * @return what to close with; null for not yet
     */
    @Nullable
    CloseStatus ending(long now);

    /** Until there should have been a token. */
    record Probation(long deadline) implements Validity {
        static Probation of(Duration time) {
            return new Probation(System.nanoTime() + time.toNanos());
        }

        @Override
        public @Nullable CloseStatus ending(long now) {
            return now - deadline >= 0 ? AccessStatus.UNAUTHENTICATED : null;
        }
    }

    /** Until a token expires or is taken off. */
    final class OfToken implements Validity {
        /** Beyond, nanoseconds do not count; and no connection lasts so long. */
        private static final Duration LONGEST = Duration.ofDays(36500);

        private final TokenPrincipal token;
        private final long deadline;
        private final Revocations revocations;
        private int checkedVersion;

        /** @param checkedVersion of the revocations, before the token was looked up in them */
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
