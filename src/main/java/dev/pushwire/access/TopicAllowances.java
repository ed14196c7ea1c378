package dev.pushwire.access;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.push.NewTopics;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The allowances of new topics a minute, for each connection and for each address. Thread-safe. */
public final class TopicAllowances implements NewTopics {
    private static final String ATTRIBUTE = "newTopics";

    private final @Nullable Allowance ofConnection;
    private final @Nullable AddressAllowances ofAddresses;
    private final LimitListener limits;
    private final LongSupplier nanoTime;

    /**
     * @param perConnection new topics a minute; 0 for any number
     * @param perAddress the same for all connections of an address
     * @param nanoTime the time as {@link System#nanoTime} counts it
     */
    public TopicAllowances(int perConnection, int perAddress, LimitListener limits, LongSupplier nanoTime) {
        this.ofConnection = perConnection == 0 ? null : new Allowance(perConnection);
        this.ofAddresses = perAddress == 0
                ? null
                : new AddressAllowances(perAddress, Limit.NEW_TOPICS_PER_MINUTE, limits, nanoTime);
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean allows(Session session) {
        return allowsConnection(session) && allows(session.remoteAddress());
    }

    private boolean allowsConnection(Session session) {
        if (ofConnection == null) {
            return true;
        }
        long now = nanoTime.getAsLong();
        Taken taken = (Taken) session.attributes().computeIfAbsent(ATTRIBUTE, _ -> new Taken(now));
        boolean allowed = taken.take(ofConnection, now);
        if (!allowed) {
            limits.exceeded(Limit.NEW_TOPICS_PER_MINUTE);
        }
        return allowed;
    }

    @Override
    public boolean allows(String remoteAddress) {
        return ofAddresses == null || ofAddresses.allows(remoteAddress);
    }

    /** How many addresses have an entry. */
    int addresses() {
        return ofAddresses == null ? 0 : ofAddresses.addresses();
    }

    /** The topics that a connection has begun. */
    private static final class Taken {
        private long fullAt;

        private Taken(long now) {
            this.fullAt = now;
        }

        private synchronized boolean take(Allowance allowance, long now) {
            long before = fullAt;
            fullAt = allowance.take(before, now);
            return fullAt != before;
        }
    }
}
