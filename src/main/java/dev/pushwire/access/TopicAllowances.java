package dev.pushwire.access;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.push.NewTopics;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** So many new topics a minute for each connection and for each address. Thread-safe. */
public final class TopicAllowances implements NewTopics {
    private static final String ATTRIBUTE = "newTopics";

    /** Addresses to know before those are looked for that need not be known. */
    private static final int FEW = 1024;

    private final @Nullable TopicAllowance ofConnection;
    private final @Nullable TopicAllowance ofAddress;
    private final LimitListener limits;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Long> addresses = new ConcurrentHashMap<>(); // when each is full
    private final AtomicLong many = new AtomicLong(FEW);

    /**
     * @param perConnection new topics a minute; 0 for any number, as with the other
     * @param nanoTime as {@link System#nanoTime}
     */
    public TopicAllowances(int perConnection, int perAddress, LimitListener limits, LongSupplier nanoTime) {
        this.ofConnection = perConnection == 0 ? null : new TopicAllowance(perConnection);
        this.ofAddress = perAddress == 0 ? null : new TopicAllowance(perAddress);
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
        return counted(taken.take(ofConnection, now));
    }

    @Override
    public boolean allows(String remoteAddress) {
        if (ofAddress == null) {
            return true;
        }
        long now = nanoTime.getAsLong();
        boolean[] got = new boolean[1];
        addresses.compute(AddressKey.of(remoteAddress), (same, before) -> {
            long fullAt = before == null ? now : before;
            long after = ofAddress.take(fullAt, now);
            got[0] = after != fullAt;
            return after;
        });
        forgetIfMany(now);
        return counted(got[0]);
    }

    private boolean counted(boolean allowed) {
        if (!allowed) {
            limits.exceeded(Limit.NEW_TOPICS_PER_MINUTE);
        }
        return allowed;
    }

    /** Looks at all only when there are twice as many as were left the last time. */
    private void forgetIfMany(long now) {
        long most = many.get();
        if (addresses.size() >= most && many.compareAndSet(most, Long.MAX_VALUE)) {
            addresses.values().removeIf(fullAt -> TopicAllowance.isFull(fullAt, now));
            many.set(Math.max(FEW, 2L * addresses.size()));
        }
    }

    /** How many addresses are known. */
    int addresses() {
        return addresses.size();
    }

    /** What a connection has taken. */
    private static final class Taken {
        private long fullAt;

        private Taken(long now) {
            this.fullAt = now;
        }

        private synchronized boolean take(TopicAllowance allowance, long now) {
            long before = fullAt;
            fullAt = allowance.take(before, now);
            return fullAt != before;
        }
    }
}
