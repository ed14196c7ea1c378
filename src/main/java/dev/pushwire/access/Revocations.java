package dev.pushwire.access;

import dev.pushwire.endpoint.spi.AccessLease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/** The revoked tokens that this node knows of. Revocations are remembered for as long as tokens live. Thread-safe. */
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
     * Begins without revocations. The node does not know yet whether there are any.
     *
     * @param retention how long each is remembered: as long as the longest life of a token
     * @param few below this number, they are not worth tidying up
     */
    public Revocations(Duration retention, int few, InstantSource clock) {
        this.retention = retention;
        this.few = few;
        this.tidyUpAt = few;
        this.clock = clock;
    }

    /**
     * Revokes the tokens of a principal that were issued up to that second, and those without a time of issue. No
     * client can connect with them any more. Connections that exist last until {@link #recheck}.
     */
    public void revokePrincipal(String name, Instant at) {
        add(principals, name, at);
    }

    /**
     * Revokes one token in the same way.
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

    /** Makes all connections check within a second whether their tokens were revoked. */
    public synchronized void recheck() {
        version++;
    }

    /** From now on, this node knows all revocations up to its start. */
    public void complete() {
        complete = true;
        recheck();
    }

    /** Whether this node knows all revocations. If not, it can trust no token. */
    boolean areComplete() {
        return complete;
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(retention);
        principals.values().removeIf(since -> since.isBefore(oldest));
        tokens.values().removeIf(since -> since.isBefore(oldest));
    }

    /** How many revocations there are. */
    public int size() {
        return principals.size() + tokens.size();
    }

    /** Whether a token was revoked. */
    boolean isRevoked(TokenPrincipal token) {
        if (token.tokenId() != null && tokens.containsKey(token.tokenId())) {
            return true;
        }
        Instant since = principals.get(token.name());
        return since != null && (token.issuedAt() == null || !token.issuedAt().isAfter(since));
    }

    /** Whether a connection's lease rests on a revoked token. */
    public boolean revokes(AccessLease lease) {
        return lease.principal() instanceof TokenPrincipal token && isRevoked(token);
    }

    /** A number that changes with each {@link #recheck}. */
    int version() {
        return version;
    }
}
