package dev.pushwire.engineio;

/** Decides when a client is pinged, and when it is given up. Times are those of {@link System#nanoTime}. Thread-safe. */
final class Heartbeat {
    private final long interval;
    private final long timeout;
    private boolean unanswered;
    private boolean extended;
    private long due; // the next ping; while one is unanswered, the end

    /** What is to be done. */
    enum Action {
        NOTHING,
        PING,
        GIVE_UP
    }

    Heartbeat(EngineSettings settings, long now) {
        this.interval = settings.pingInterval().toNanos();
        this.timeout = settings.pingTimeout().toNanos();
        this.due = now + interval;
    }

    /** A pong is here. */
    synchronized void ponged(long now) {
        unanswered = false;
        due = now + interval;
    }

    /** Another packet is here. While a pong is due it is a sign of life, once: a client that sends a lot may be slow to answer. */
    synchronized void heard(long now) {
        if (unanswered && !extended) {
            extended = true;
            due = now + timeout;
        }
    }

    /** @param held whether we do not read from the client just now, and so cannot have heard it */
    synchronized Action check(long now, boolean held) {
        if (now - due < 0) {
            return Action.NOTHING;
        }
        if (!unanswered) {
            unanswered = true;
            extended = false;
            due = now + timeout;
            return Action.PING;
        }
        if (held) {
            due = now + timeout;
            return Action.NOTHING;
        }
        return Action.GIVE_UP;
    }
}
