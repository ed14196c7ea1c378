package dev.pushwire.connection;

import java.time.Duration;

/** Decides when a silent peer is pinged and when it is given up. Times are those of {@link System#nanoTime}. */
final class Keepalive {
    private long lastHeard;
    private long lastPing;
    private boolean unanswered;
    private boolean pongDue;

    /** What is to be done. */
    enum Action {
        NOTHING,
        PING,
        QUIET
    }

    Keepalive(long now) {
        this.lastHeard = now;
        this.lastPing = now;
    }

    /**
     * The peer gave a sign of life. Any byte is one: a peer in the middle of sending a long frame cannot send a pong.
     */
    void heard(long now) {
        lastHeard = now;
    }

    /** The ping that was due is on its way, so that the next pong answers it. */
    void pinged() {
        pongDue = true;
    }

    /**
     * A pong arrived.
     *
     * @return how long after the ping it answers; negative for one that answers none (section 5.5.3 allows that)
     */
    long ponged(long now) {
        if (!pongDue) {
            return -1;
        }
        pongDue = false;
        return now - lastPing;
    }

    /**
     * @param held whether we do not read from the peer just now, and so cannot have heard it; it is still pinged, for a
     *     peer that is gone then shows by a failing write
     */
    Action check(long now, Limits limits, boolean held) {
        Duration interval = limits.pingInterval();
        if (interval.isZero()) {
            return Action.NOTHING;
        }
        if (lastHeard - lastPing > 0 || held) {
            unanswered = false;
        }
        if (unanswered) {
            return now - lastPing >= limits.pongTimeout().toNanos() ? Action.QUIET : Action.NOTHING;
        }
        if (now - lastPing < interval.toNanos()) {
            return Action.NOTHING;
        }
        lastPing = now;
        unanswered = true;
        pongDue = false;
        return Action.PING;
    }
}
