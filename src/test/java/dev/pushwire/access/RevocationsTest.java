package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.spi.AccessStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final Revocations revocations = new Revocations(DAY, 3, () -> now);

    private TokenPrincipal token(String name, String id, Instant issuedAt) {
        return new TokenPrincipal(
                name,
                TopicPatterns.NONE,
                TopicPatterns.NONE,
                TopicPatterns.NONE,
                Set.of(),
                id,
                issuedAt,
                now.plus(Duration.ofHours(1)));
    }

    @Test
    void ofAPrincipalThoseThatWereIssuedUpToNow() {
        revocations.revokePrincipal("ada", now);
        assertThat(revocations.isRevoked(token("ada", null, now.minusSeconds(1))))
                .isTrue();
        assertThat(revocations.isRevoked(token("ada", null, now))).isTrue();
        assertThat(revocations.isRevoked(token("ada", null, null))).isTrue();
        assertThat(revocations.isRevoked(token("ada", null, now.plusSeconds(1))))
                .isFalse();
        assertThat(revocations.isRevoked(token("eve", null, null))).isFalse();
    }

    @Test
    void onlyWhatIsOldIsForgotten() {
        revocations.revokePrincipal("a", now);
        revocations.revokeToken("b", now);
        now = now.plus(DAY.minusSeconds(1));
        for (int i = 0; i < 10; i++) {
            revocations.revokeToken("new-" + i, now);
        }
        assertThat(revocations.size()).isEqualTo(12);
        assertThat(revocations.isRevoked(token("a", null, null))).isTrue();
        now = now.plusSeconds(2);
        for (int i = 0; i < 10; i++) {
            revocations.revokeToken("newer-" + i, now);
        }
        assertThat(revocations.size()).isEqualTo(20);
        assertThat(revocations.isRevoked(token("x", "new-0", null))).isTrue();
    }

    /** As when nodes whose clocks differ revoke at the same time. */
    @Test
    void ofTwoTheLaterCounts() {
        revocations.revokePrincipal("ada", now);
        revocations.revokePrincipal("ada", now.minusSeconds(5));
        assertThat(revocations.isRevoked(token("ada", null, now))).isTrue();
    }

    @Test
    void aConnectionLearnsOfItAtTheNextLook() {
        TokenPrincipal ada = token("ada", "7", now);
        Validity validity = new Validity.OfToken(ada, revocations, revocations.version(), () -> now);
        long start = System.nanoTime();
        assertThat(validity.ending(start)).isNull();
        revocations.revokeToken("8", now);
        revocations.recheck();
        assertThat(validity.ending(start)).isNull();
        revocations.revokeToken("7", now);
        assertThat(validity.ending(start)).isNull();
        revocations.recheck();
        assertThat(validity.ending(start)).isEqualTo(AccessStatus.REVOKED);
    }

    @Test
    void whatWasRevokedWhileTheTokenWasLookedAtIsSeenToo() {
        TokenPrincipal ada = token("ada", "7", now);
        int before = revocations.version();
        revocations.revokePrincipal("ada", now);
        revocations.recheck();
        Validity validity = new Validity.OfToken(ada, revocations, before, () -> now);
        assertThat(validity.ending(System.nanoTime())).isEqualTo(AccessStatus.REVOKED);
    }

    @Test
    void aTokenEndsWhenItExpires() {
        Validity validity = new Validity.OfToken(token("ada", null, now), revocations, 0, () -> now);
        long start = System.nanoTime();
        assertThat(validity.ending(start + Duration.ofMinutes(59).toNanos())).isNull();
        assertThat(validity.ending(start + Duration.ofMinutes(60).toNanos())).isEqualTo(AccessStatus.TOKEN_EXPIRED);
    }
}
