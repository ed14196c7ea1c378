package dev.pushwire.endpoint;

import java.time.Duration;

/**
 * A protocol's own heartbeat on top of a session, see {@link Session#heartbeat}. Immutable: sessions that agreed on
 * the same times share one heartbeat.
 *
 * <p>The event loop looks at all its connections a few times a second, and at least once, so no connection needs a
 * timer. A beat may come earlier by the time between two looks, and never later. An end may come later by that time.
 *
 * @param every the time until the next beat; zero for no beats
 * @param message the beat. {@code idle-timeout} does not count it as a message
 * @param rhythm the moment from which {@code every} counts
 * @param silence how long the peer may send nothing at all before the connection ends with 1001, whatever it is sent
 *     meanwhile; zero for no limit. Always zero for a stream of HTTP, since its peer sends nothing
 */
public record Heartbeat(Duration every, OutboundMessage message, Rhythm rhythm, Duration silence) {
    /** The moment from which the time until the next beat counts. */
    public enum Rhythm {
        /**
         * From the last beat. The peer expects each beat and answers it, whatever else it is sent. Needs a
         * {@code silence}.
         */
        STEADY,
        /**
         * From the last message of any kind. The peer expects a sign of life and no more. No beat is sent while
         * something waits for the peer.
         */
        WHEN_QUIET
    }

    /** @throws IllegalArgumentException if a time is negative, or if beats are steady and {@code silence} is zero */
    public Heartbeat {
        if (rhythm == Rhythm.STEADY && silence.isZero()) {
            throw new IllegalArgumentException("Steady beats need a silence: say how long the peer may send nothing");
        }
        if (every.isNegative() || silence.isNegative()) {
            throw new IllegalArgumentException("A heartbeat's times must not be negative: " + every + ", " + silence);
        }
    }

    /** A heartbeat that is sent when nothing else was sent for this time. It expects no answer. */
    public static Heartbeat whenQuiet(Duration every, OutboundMessage message) {
        return new Heartbeat(every, message, Rhythm.WHEN_QUIET, Duration.ZERO);
    }
}
