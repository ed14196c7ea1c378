package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What counts as a sign of life. {@link KeepaliveTest} tests when the peer is asked for one. */
class ConnectionKeepaliveTest {
    /** The first look after opening finds a ping due. Its answer may take as long as it likes. */
    private static final Limits AT_ONCE = new Limits(
            TestConnection.LIMITS.messages(),
            TestConnection.LIMITS.outbox(),
            Duration.ofNanos(1),
            Duration.ofHours(1),
            TestConnection.CLOSE_TIMEOUT,
            Duration.ZERO,
            Duration.ZERO);

    private static final Duration TOO_LONG = Duration.ofHours(2);

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final TestConnection connection =
            loop.connection(Execution.EVENT_LOOP, AT_ONCE).open();

    private void ping() {
        connection.sweepAfter(Duration.ZERO);
    }

    private void assertQuiet(boolean quiet) {
        connection.sweepAfter(TOO_LONG);
        assertThat(connection.session().isOpen()).isEqualTo(!quiet);
        if (quiet) {
            connection.assertCalls("open", "close 1001 no sign of life");
        }
    }

    @Test
    void silenceBehindAPingIsNone() {
        ping();
        connection.assertSent("ping");
        assertQuiet(true);
        connection.assertSent("ping", "close 1001 no sign of life");
        connection.peerFinishes();
        connection.assertClosed("WentQuiet 1001");
    }

    @Test
    void aPongIsOne() {
        ping();
        connection.receives(Wire.pong(""));
        assertQuiet(false);
        connection.assertSent("ping", "ping");
    }

    @Test
    void aPongThatNobodyAskedForIsIgnored() {
        connection.receives(Wire.pong("unsolicited"));
        connection.assertSent();
        connection.assertOpen();
    }

    @Test
    void anyByteIsOne() {
        ping();
        connection.receives(Arrays.copyOf(Wire.text("the beginning of a long message"), 9));
        assertQuiet(false);
    }

    @Test
    void aPeerThatReadsWhatWaitsForItNeedsNoPing() {
        connection.transport.takes(2);
        connection.session().send("waits");
        loop.settle();
        ping();
        connection.transport.takes(2); // the socket reports room
        loop.settle();
        assertQuiet(false);
        connection.peerReads();
        connection.assertSent("text waits");
    }

    /** It took all that waited, before the selector could tell. */
    @Test
    void aPeerThatHasReadAllThatWaitedForItGaveOne() {
        connection.peerStopsReading();
        connection.session().send("waits");
        loop.settle();
        ping();
        connection.transport.takesAll();
        connection.session().send("next");
        loop.passWithoutSelecting();
        connection.assertSent("text waits", "text next");
        assertQuiet(false);
    }

    @Test
    void aPeerThatReadsNothingIsQuiet() {
        connection.peerStopsReading();
        connection.session().send("waits");
        loop.settle();
        ping();
        assertQuiet(true);
    }

    @Test
    void nobodyIsPingedWhileClosing() {
        connection.session().close();
        loop.settle();
        connection.sweepAfter(Duration.ofSeconds(1));
        connection.assertSent("close 1000");
    }
}
