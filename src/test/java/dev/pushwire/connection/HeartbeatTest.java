package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.Heartbeat.Rhythm;
import dev.pushwire.endpoint.OutboundMessage;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A protocol's own heartbeat. Pings are due after 25 s, and the loop looks every second. */
class HeartbeatTest {
    @AutoClose
    private final TestLoop loop = new TestLoop(0, Duration.ofSeconds(1));

    private final TestConnection connection = loop.connection();

    private void after(double seconds) {
        connection.sweepAfter(Duration.ofMillis((long) (1000 * seconds)));
    }

    @BeforeEach
    void open() {
        connection.open();
    }

    /** As in Engine.IO: a beat every 25 s, and the end 20 s after a beat without an answer. */
    @Nested
    class Steady {
        @BeforeEach
        void begin() {
            connection
                    .session()
                    .heartbeat(new Heartbeat(
                            Duration.ofSeconds(25), OutboundMessage.text("2"), Rhythm.STEADY, Duration.ofSeconds(45)));
        }

        @Test
        void comesWhateverElseIsSent() {
            after(23);
            connection.assertSent();
            connection.session().send("hello");
            after(24.5);
            connection.assertSent("text hello", "text 2");
            after(26);
            connection.assertSent("text hello", "text 2");
        }

        @Test
        void standsForPings() {
            after(26);
            after(30);
            connection.assertSent("text 2");
        }

        @Test
        void endsTheConnectionThatDoesNotAnswer() {
            after(25);
            after(44.9);
            connection.assertOpen();
            after(45.1);
            connection.assertSent("text 2", "close 1001 no sign of life");
            connection.assertCalls("open", "close 1001 no sign of life");
            connection.peerFinishes();
            connection.assertClosed("WentQuiet 1001");
        }

        /** A beat comes late rather than never, since the peer expects each. */
        @Test
        void comesBehindWhatWaits() {
            connection.peerStopsReading();
            connection.session().send("before");
            loop.settle();
            after(25);
            connection.peerReads();
            connection.assertSent("text before", "text 2");
        }

        @Test
        void mayBeTakenAway() {
            connection.session().heartbeat(null);
            after(25);
            connection.assertSent("ping");
        }
    }

    /** As in STOMP. */
    @Nested
    class WhenQuiet {
        @BeforeEach
        void begin() {
            connection.session().heartbeat(Heartbeat.whenQuiet(Duration.ofSeconds(10), OutboundMessage.text("beat")));
        }

        @Test
        void comesOnlyWhenNothingElseWasSent() {
            after(8.9);
            connection.assertSent();
            after(9.1);
            connection.assertSent("text beat");
            after(10);
            after(18);
            connection.assertSent("text beat");
            after(19);
            connection.assertSent("text beat", "text beat");
        }

        @Test
        void isNoMessageToTheIdleTimeout() {
            after(10);
            assertThat(connection.connection().lifetime().idle(loop.loop().now() + 1_000_000_000L))
                    .isGreaterThanOrEqualTo(1_000_000_000L);
        }

        @Test
        void isLeftOutWhereSomethingWaits() {
            connection.peerStopsReading();
            connection.session().send("before");
            loop.settle();
            after(15);
            connection.peerReads();
            connection.assertSent("text before");
        }

        @Test
        void leavesThePings() {
            after(26);
            after(27);
            connection.assertSent("text beat", "ping");
        }
    }

    /** The peer has promised to send something, and is sent nothing. */
    @Test
    void mayOnlyExpect() {
        connection
                .session()
                .heartbeat(new Heartbeat(
                        Duration.ZERO, OutboundMessage.text("-"), Rhythm.WHEN_QUIET, Duration.ofSeconds(12)));
        after(11);
        connection.assertSent();
        connection.receives(Wire.text("\n"));
        connection.assertOpen();
        after(13);
        connection.assertSent("close 1001 no sign of life");
    }

    @Test
    void isRefusedWhereNobodyWouldNotice() {
        assertThatThrownBy(() ->
                        new Heartbeat(Duration.ofSeconds(1), OutboundMessage.text("-"), Rhythm.STEADY, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Heartbeat.whenQuiet(Duration.ofSeconds(-1), OutboundMessage.text("-")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
