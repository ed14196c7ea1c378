package dev.pushwire.access;

import dev.pushwire.endpoint.spi.AccessLease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tokens were taken off before their time, as far as this node has heard; remembered for as long as tokens live.
 * Thread-safe.
 */
public final class Revocations {
    private final ConcurrentHashMap<String, Instant> principals = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Instant> tokens = new ConcurrentHashMap<>();
    private final Duration retention;
    private final InstantSource clock;
    private final int few;
    private int tidyUpAt;
    private volatile int version;
    private volatile boolean complete;

    /**
     * Knows of none, and does not know whether there are any.
     *
     * @param retention how long each is remembered: as long as the longest life of a token
     * @param few up to how many are not worth tidying up
     */
    public Revocations(Duration retention, int few, InstantSource clock) {
        this.retention = retention;
        this.few = few;
        this.tidyUpAt = few;
        this.clock = clock;
    }

    /**
     * Takes off the tokens of a principal that were issued up to that second, and those that do not say when: nobody connects
     * with them any more. Connections that are there last until {@link #recheck}.
     */
    public void revokePrincipal(String name, Instant at) {
        add(principals, name, at);
    }

    /**
     * Takes off one token, likewise.
     *
     * @param id its {@code jti} claim
     */
    public void revokeToken(String id, Instant at) {
        add(tokens, id, at);
    }

    private synchronized void add(ConcurrentHashMap<String, Instant> revoked, String key, Instant at) {
        if (size() >= tidyUpAt) {
            forgetOld();
            tidyUpAt = Math.max(few, 2 * size());
        }
        revoked.merge(key, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Has all connections look, within a second, whether their tokens were taken off. */
    public synchronized void recheck() {
        version++;
    }

    /** From now on all that were made up to the start of this node are known. */
    public void complete() {
        complete = true;
        recheck();
    }

    /** Whether that is so. If not, no token can be trusted. */
    boolean areComplete() {
        return complete;
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
    public boolean revokes(AccessLease lease) {
        return lease.principal() instanceof TokenPrincipal token && isRevoked(token);
    }

    /** Another number after each {@link #recheck}. */
    int version() {
        return version;
    }
}
