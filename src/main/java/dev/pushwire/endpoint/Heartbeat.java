package dev.pushwire.endpoint;

import java.time.Duration;

/**
 * A protocol's own heart-beat on top of a session, see {@link Session#heartbeat}. Immutable: sessions that agreed on the same
 * times share one. The event loop looks at all its connections at least once a second, so there is no timer for each: a beat
 * comes up to that much early and never late; the end comes up to that much late.
 *
 * @param every how long until the next beat; zero for none
 * @param message what is sent as a beat. It is no message to {@code idle-timeout}, nor does it wait in an outbox behind others:
 *     a peer that has something to read needs none
 * @param rhythm what the time until the next beat counts from
 * @param silence for how long the peer may send nothing at all before the connection ends with 1001, however busy the other
 *     direction is; zero for ever. Always zero for what only sends, such as an event stream
 */
public record Heartbeat(Duration every, OutboundMessage message, Rhythm rhythm, Duration silence) {
    /** What the time until the next beat counts from. */
    public enum Rhythm {
        /** The last beat: the peer expects one now and then, whatever else it is sent. */
        STEADY,
        /** Whatever was sent last: the peer expects any sign of life. */
        WHEN_QUIET
    }

    /** @throws IllegalArgumentException for a negative time */
    public Heartbeat {
        if (every.isNegative() || silence.isNegative()) {
            throw new IllegalArgumentException("A heart-beat's times are not negative: " + every + ", " + silence);
        }
    }

    /** One that is sent when nothing else was for so long, and expects nothing. */
    public static Heartbeat whenQuiet(Duration every, OutboundMessage message) {
        return new Heartbeat(every, message, Rhythm.WHEN_QUIET, Duration.ZERO);
    }
}
