package dev.pushwire.connection;

import dev.pushwire.endpoint.Heartbeat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a silent peer is pinged and when it is given up; or, where it has a {@link Heartbeat} of its protocol's own, when
 * that is due. Times are those of {@link System#nanoTime}.
 */
final class Keepalive {
    private long lastHeard;
    private long lastPing;
    private boolean unanswered;
    private boolean pongDue;
    private @Nullable Heartbeat heartbeat;

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

    /** From now on the peer has this heart-beat; null for none. */
    void beat(@Nullable Heartbeat next, long now) {
        heartbeat = next;
        lastHeard = now; // what it promised counts from here
        lastPing = now;
        unanswered = false;
    }

    @Nullable
    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Whether its heart-beat shows that the peer lives, so that no ping has to. */
    boolean standsForPings() {
        return heartbeat != null && heartbeat.silence().isPositive();
    }

    /**
     * Whether the peer has said nothing for longer than its heart-beat allows.
     *
     * @param held see {@link #check}
     */
    boolean isTooQuiet(long now, boolean held) {
        if (held) {
            lastHeard = now;
        }
        return heartbeat != null
                && heartbeat.silence().isPositive()
                && now - lastHeard >= heartbeat.silence().toNanos();
    }

    /** A beat is on its way. */
    void beaten(long now) {
        lastPing = standsForPings() ? now : lastPing;
    }

    /** @param lastSent when anything was sent, a beat included */
    boolean isBeatDue(long now, long lastSent) {
        Heartbeat own = heartbeat;
        if (own == null || own.every().isZero()) {
            return false;
        }
        long last = switch (own.rhythm()) {
            case STEADY -> lastPing; // no others are sent
            case WHEN_QUIET -> lastSent;
        };
        return now - last >= own.every().toNanos();
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
