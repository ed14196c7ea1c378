package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which pong gives a round trip time. */
class PingRoundTripTest {
    private static final Limits LIMITS = TestConnection.LIMITS;

    private final Keepalive keepalive = new Keepalive(0);

    @Test
    void thePongBehindAPingTellsTheTimeBetweenThem() {
        ping(seconds(30));
        assertThat(keepalive.ponged(seconds(30) + 1234)).isEqualTo(1234);
    }

    @Test
    void aPongWithoutAPingTellsNothing() {
        assertThat(keepalive.ponged(seconds(1))).isNegative();
    }

    @Test
    void aSecondPongTellsNothing() {
        ping(seconds(30));
        keepalive.ponged(seconds(31));
        assertThat(keepalive.ponged(seconds(32))).isNegative();
    }

    @Test
    void aPingThatWasNotSentIsNotAnswered() {
        keepalive.check(seconds(30), LIMITS, false);
        assertThat(keepalive.ponged(seconds(31))).isNegative();
    }

    @Test
    void itIsTheLastPingThatIsAnswered() {
        ping(seconds(30));
        keepalive.heard(seconds(31));
        ping(seconds(60));
        assertThat(keepalive.ponged(seconds(61))).isEqualTo(seconds(1));
    }

    private void ping(long now) {
        assertThat(keepalive.check(now, LIMITS, false)).isEqualTo(Keepalive.Action.PING);
        keepalive.pinged();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
