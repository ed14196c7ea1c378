package dev.pushwire.connection;

import java.time.Duration;

/** Decides when a silent peer is pinged and when it is given up. Times are those of {@link System#nanoTime}. */
final class Keepalive {
    private long lastHeard;
    private long lastPing;
    private boolean unanswered;

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

    /**
     * @param held whether we do not read from the peer just now, and so cannot hear it; it is still pinged, for a peer
     *     that is gone then shows by a failing write
     */
    Action check(long now, Limits limits, boolean held) {
        Duration interval = limits.pingInterval();
        if (interval.isZero()) {
            return Action.NOTHING;
        }
        if (lastHeard - lastPing > 0) {
            unanswered = false;
        }
        if (unanswered && !held) {
            return now - lastPing >= limits.pongTimeout().toNanos() ? Action.QUIET : Action.NOTHING;
        }
        if (now - lastPing < interval.toNanos()) {
            return Action.NOTHING;
        }
        lastPing = now;
        unanswered = true;
        return Action.PING;
    }
}
