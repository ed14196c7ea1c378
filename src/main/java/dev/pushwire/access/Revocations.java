package dev.pushwire.access;

import dev.pushwire.endpoint.Grant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tokens were taken off before their time. Kept in memory for as long as tokens live; when it is full, it says so rather
 * than forget one. Thread-safe.
 */
public final class Revocations {
    /** Of principals and tokens together; some 10 MB. */
    public static final int MOST = 100_000;

    private final ConcurrentHashMap<String, Instant> principals = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Instant> tokens = new ConcurrentHashMap<>();
    private final Duration retention;
    private final int most;
    private final InstantSource clock;
    private volatile int version;

    /** @param retention how long each is remembered: as long as the longest life of a token */
    public Revocations(Duration retention, int most, InstantSource clock) {
        this.retention = retention;
        this.most = most;
        this.clock = clock;
    }

    /**
     * Takes off the tokens of a principal that were issued up to this second, and those that do not say when.
     *
     * @return false, and nothing has changed, when there is no room
     */
    public boolean revokePrincipal(String name) {
        return add(principals, name);
    }

    /**
     * Takes off one token.
     *
     * @param id its {@code jti} claim
     * @return false, and nothing has changed, when there is no room
     */
    public boolean revokeToken(String id) {
        return add(tokens, id);
    }

    private synchronized boolean add(ConcurrentHashMap<String, Instant> revoked, String key) {
        if (!revoked.containsKey(key) && size() >= most) {
            forgetOld();
            if (size() >= most) {
                return false;
            }
        }
        revoked.put(key, clock.instant());
        version++;
        return true;
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(retention);
        principals.values().removeIf(since -> since.isBefore(oldest));
        tokens.values().removeIf(since -> since.isBefore(oldest));
    }

    /** How many there are. */
    public int size() {
        return principals.size() + tokens.size();
    }

    /** Whether a token was taken off. */
    boolean isRevoked(TokenPrincipal token) {
        if (token.tokenId() != null && tokens.containsKey(token.tokenId())) {
            return true;
        }
        Instant since = principals.get(token.name());
        return since != null && (token.issuedAt() == null || !token.issuedAt().isAfter(since));
    }

    /** Whether what a connection was let in with rests on a token that was taken off. */
    public boolean revokes(Grant grant) {
        return grant.principal() instanceof TokenPrincipal token && isRevoked(token);
    }

    /** Another number after each change. */
    int version() {
        return version;
    }
}
