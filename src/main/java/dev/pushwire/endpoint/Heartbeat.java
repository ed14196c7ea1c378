package dev.pushwire.endpoint;

import java.time.Duration;

/**
 * A protocol's own heart-beat on top of a session, see {@link Session#heartbeat}. Immutable: sessions that agreed on the same
 * times share one. The event loop looks at all its connections a few times a second, once at least, so there is no timer for
 * each: a beat comes that much early and never late, the end comes that much late.
 *
 * @param every how long until the next beat; zero for none
 * @param message what is sent as a beat. It is no message to {@code idle-timeout}
 * @param rhythm what the time until the next beat counts from
 * @param silence for how long the peer may send nothing at all before the connection ends with 1001, however much it is sent;
 *     zero for ever. For a stream of HTTP always zero, since its peer sends nothing
 */
public record Heartbeat(Duration every, OutboundMessage message, Rhythm rhythm, Duration silence) {
    /** What the time until the next beat counts from. */
    public enum Rhythm {
        /** The last beat: the peer expects and answers each, whatever else it is sent. Needs a {@code silence}. */
        STEADY,
        /** Whatever was sent last: the peer expects any sign of life. Where something waits for it already, no beat is sent. */
        WHEN_QUIET
    }

    /** @throws IllegalArgumentException for a negative time, and for steady beats that nothing answers */
    public Heartbeat {
        if (rhythm == Rhythm.STEADY && silence.isZero()) {
            throw new IllegalArgumentException("Steady beats are answered: say for how long a peer may be silent");
        }
        if (every.isNegative() || silence.isNegative()) {
            throw new IllegalArgumentException("A heart-beat's times are not negative: " + every + ", " + silence);
        }
    }

    /** One that is sent when nothing else was for so long, and expects nothing. */
    public static Heartbeat whenQuiet(Duration every, OutboundMessage message) {
        return new Heartbeat(every, message, Rhythm.WHEN_QUIET, Duration.ZERO);
    }
}
