package dev.pushwire.connection;

import dev.pushwire.endpoint.Heartbeat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a silent peer is pinged and when it is given up. For a peer with a {@link Heartbeat} of its protocol, it
 * decides when a beat is due instead. Times are those of {@link System#nanoTime}.
 */
final class Keepalive {
    private long lastHeard;
    private long lastPing;
    private boolean unanswered;
    private boolean pongDue;
    private @Nullable Heartbeat heartbeat;

    /** What the connection must do now. */
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
     * @return the time since the ping that it answers; negative if it answers none (RFC 6455, section 5.5.3 allows
     *     that)
     */
    long ponged(long now) {
        if (!pongDue) {
            return -1;
        }
        pongDue = false;
        return now - lastPing;
    }

    /** Sets the peer's heartbeat; null for none. */
    void beat(@Nullable Heartbeat next, long now) {
        heartbeat = next;
        lastHeard = now; // the silence that it allows counts from now
        lastPing = now;
        unanswered = false;
    }

    @Nullable
    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Whether the heartbeat shows that the peer lives, so that no ping is needed. */
    boolean standsForPings() {
        return heartbeat != null && heartbeat.silence().isPositive();
    }

    /**
     * Whether the peer has been silent for longer than its heartbeat allows.
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

    /** @param lastSent when anything was sent last, also a beat */
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
     * @param held whether the connection does not read from the peer now, and so cannot hear it. The peer is still
     *     pinged, since a write to a dead peer fails
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
