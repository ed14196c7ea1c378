package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.Keepalive.Action;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are seconds since the connection opened. */
class KeepaliveTest {
    private static final long OPENED = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos(); // the clock may run over

    private final Keepalive keepalive = new Keepalive(OPENED);

    private static long at(double second) {
        return OPENED + (long) (second * 1e9);
    }

    private static Limits pinging(long interval, long pongTimeout) {
        return new Limits(
                TestConnection.LIMITS.messages(),
                1,
                Duration.ofSeconds(interval),
                Duration.ofSeconds(pongTimeout),
                TestConnection.CLOSE_TIMEOUT,
                Duration.ZERO,
                Duration.ZERO);
    }

    private Action check(double second) {
        return keepalive.check(at(second), pinging(25, 10), false);
    }

    private void run(String course, Limits limits) {
        for (String step : course.strip().split("\\s+")) {
            String[] parts = step.split(":");
            double second = Double.parseDouble(parts[0]);
            if (parts[1].equals("heard")) {
                keepalive.heard(at(second));
            } else {
                boolean held = parts[1].startsWith("held-");
                Action expected = switch (parts[1].replace("held-", "")) {
                    case "-" -> Action.NOTHING;
                    case "ping" -> Action.PING;
                    default -> Action.QUIET;
                };
                assertThat(keepalive.check(at(second), limits, held)).as(step).isEqualTo(expected);
            }
        }
    }

    /** What the peer does, and the result of each check: nothing to do (-), time to ping, or quiet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            PEER                                | COURSE, ping interval 25, pong timeout 10
            says nothing at all                 | 0:- 24.9:- 25:ping 30:- 34.9:- 35:quiet
            is looked at late                   | 40:ping 49.9:- 50:quiet
            answers each ping                   | 25:ping 26:heard 35:- 49.9:- 50:ping 51:heard 75:ping
            answers in the last moment          | 25:ping 34.9:heard 35:- 50:ping
            spoke before the ping, not after    | 24:heard 25:ping 34.9:- 35:quiet
            spoke in the moment of the ping     | 25:heard 25:ping 35:quiet
            speaks all the time                 | 10:heard 24:heard 25:ping 26:heard 49:heard 50:ping 51:heard 61:-
            goes quiet after a while            | 25:ping 26:heard 50:ping 59.9:- 60:quiet
            """)
    void table(String peer, String course) {
        run(course, pinging(25, 10));
    }

    /** While we do not read from a peer, we cannot hear it. It is still pinged, but never counts as quiet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            PEER                                | COURSE, ping interval 25, pong timeout 10
            is held for long                    | 25:held-ping 35:held-- 49:held-- 50:held-ping 75:held-ping 200:held-ping
            answers when it is heard again      | 25:held-ping 40:held-- 41:heard 50:ping
            is heard again and says nothing     | 25:held-ping 50:held-ping 51:- 60:quiet
            held behind a ping, then heard late | 25:ping 26:held-- 40:held-- 40.1:- 40.2:heard 50:ping
            """)
    void heldTable(String peer, String course) {
        run(course, pinging(25, 10));
    }

    @Test
    void aPongTimeoutLongerThanTheIntervalIsWaitedForBeforeTheNextPing() {
        run("10:ping 20:- 30:- 39.9:- 40:quiet", pinging(10, 30));
    }

    @Test
    void anAnswerWithinALongPongTimeoutStartsOver() {
        run("10:ping 25:heard 25.1:ping 55:- 55.1:quiet", pinging(10, 30));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1e6})
    void withoutAnIntervalNobodyIsPingedOrQuiet(double second) {
        assertThat(keepalive.check(at(second), pinging(0, 10), false)).isEqualTo(Action.NOTHING);
    }

    @Test
    void aPingIsOwedOnce() {
        assertThat(check(25)).isEqualTo(Action.PING);
        assertThat(check(25)).isEqualTo(Action.NOTHING);
    }
}
