package dev.pushwire.access;

import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * An allowance of each address: a number a minute, which may be taken at once and fills up again as time goes by.
 * Thread-safe.
 */
public final class AddressAllowances {
    /** With fewer addresses, none is worth forgetting. */
    private static final int FEW = 1024;

    private final Allowance allowance;
    private final Limit limit;
    private final LimitListener limits;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Long> addresses = new ConcurrentHashMap<>(); // when each is full again
    private final AtomicLong many = new AtomicLong(FEW);

    /**
     * @param perMinute 1 or more
     * @param limits is told of the limit each time that an address has to wait
     * @param nanoTime the time as {@link System#nanoTime} counts it
     */
    public AddressAllowances(int perMinute, Limit limit, LimitListener limits, LongSupplier nanoTime) {
        this.allowance = new Allowance(perMinute);
        this.limit = limit;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one for a client.
     *
     * @param remoteAddress as {@link dev.pushwire.endpoint.Session#remoteAddress}
     * @return false if the client has to wait
     */
    public boolean allows(String remoteAddress) {
        return counted(take(remoteAddress));
    }

    /**
     * Whether a client has one left. The caller takes it by {@link #take} only if it is needed in the end.
     *
     * @return false if the client has to wait
     */
    public boolean has(String remoteAddress) {
        Long fullAt = addresses.get(AddressKey.of(remoteAddress));
        return counted(fullAt == null || allowance.take(fullAt, nanoTime.getAsLong()) != fullAt);
    }

    /**
     * Takes one for a client.
     *
     * @return false if there is none
     */
    public boolean take(String remoteAddress) {
        long now = nanoTime.getAsLong();
        boolean[] got = new boolean[1];
        addresses.compute(AddressKey.of(remoteAddress), (same, before) -> {
            long fullAt = before == null ? now : before;
            long after = allowance.take(fullAt, now);
            got[0] = after != fullAt;
            return after;
        });
        forgetIfMany(now);
        return got[0];
    }

    private boolean counted(boolean allowed) {
        if (!allowed) {
            limits.exceeded(limit);
        }
        return allowed;
    }

    /** Looks at all addresses only when there are twice as many as were left the last time. */
    private void forgetIfMany(long now) {
        long most = many.get();
        if (addresses.size() >= most && many.compareAndSet(most, Long.MAX_VALUE)) {
            addresses.values().removeIf(fullAt -> Allowance.isFull(fullAt, now));
            many.set(Math.max(FEW, 2L * addresses.size()));
        }
    }

    /** How many addresses have an entry. */
    int addresses() {
        return addresses.size();
    }
}
