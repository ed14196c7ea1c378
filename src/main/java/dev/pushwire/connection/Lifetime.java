package dev.pushwire.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The times of a connection: when it opened, when it must end, and when it was last used. Times are those of
 * {@link System#nanoTime}.
 */
final class Lifetime {
    /** Connections that opened together must not end together. Each lives up to a tenth less than it may. */
    private static final double JITTER = 0.1;

    private final long openedAt;
    private final long allowedNanos; // 0 for no limit
    private long lastMessage;
    private long lastSent;

    Lifetime(long now, Duration most, RandomGenerator random) {
        this.openedAt = now;
        this.allowedNanos = (long) (most.toNanos() * (1 - JITTER * random.nextDouble()));
        this.lastMessage = now;
        this.lastSent = now;
    }

    /** A message came. */
    void received(long now) {
        lastMessage = now;
    }

    /** A message went. */
    void sent(long now) {
        lastMessage = now;
        lastSent = now;
    }

    /** A heartbeat went, which is no message. */
    void beaten(long now) {
        lastSent = now;
    }

    /** When anything was sent last, also a beat. */
    long lastSent() {
        return lastSent;
    }

    /** For how long the connection has been open. */
    long age(long now) {
        return now - openedAt;
    }

    /** For how long no message has come or gone. */
    long idle(long now) {
        return now - lastMessage;
    }

    boolean isOver(long now) {
        return allowedNanos > 0 && age(now) >= allowedNanos;
    }

    /** @param timeout zero for no limit */
    boolean isIdle(long now, Duration timeout) {
        return !timeout.isZero() && idle(now) >= timeout.toNanos();
    }
}
