package dev.pushwire.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer. They are kept for a while, and fetched when a token names an unknown key. Thread-safe; may
 * block.
 */
final class PublishedKeys implements JWKSource<SecurityContext> {
    /** The limit of one fetch, and of the wait for the fetch of another thread. */
    private static final Duration FETCH_PATIENCE = Duration.ofSeconds(5);
    /** How long a key that was withdrawn may still be used. */
    private static final Duration CACHE_TIME = Duration.ofMinutes(5);
    /** Any client can send a token with a made-up key id: the keys are fetched for it at most twice in this time. */
    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(30);
    /** How long the last known keys are used when they can no longer be fetched. */
    private static final Duration OUTAGE_TOLERANCE = Duration.ofHours(4);

    private final IssuerKeys issuer;
    private final JWKSource<SecurityContext> kept;

    PublishedKeys(TokenKey.Published published) {
        issuer = new IssuerKeys(published, FETCH_PATIENCE);
        kept = JWKSourceBuilder.create(issuer)
                .cache(CACHE_TIME.toMillis(), FETCH_PATIENCE.toMillis())
                .rateLimited(FETCH_INTERVAL.toMillis())
                .refreshAheadCache(false)
                .outageTolerant(OUTAGE_TOLERANCE.toMillis())
                .build();
    }

    /** @throws KeySourceException if no known key fits, and the last attempt to fetch them has failed */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        List<JWK> found;
        try {
            found = kept.get(selector, context);
        } catch (RateLimitReachedException e) {
            JWKSet latest = issuer.latest(); // fetched a moment ago, so a key that is not in there does not exist
            if (latest == null) {
                throw e;
            }
            return selector.select(latest);
        }
        if (found.isEmpty() && issuer.latest() == null) {
            throw new JWKSetUnavailableException("The key may be new, but the keys cannot be fetched");
        }
        return found;
    }
}
