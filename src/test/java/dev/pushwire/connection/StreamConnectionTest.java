package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Framing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A response that goes on, instead of a WebSocket. */
class StreamConnectionTest {
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final StreamFormat FORMAT = new StreamFormat(
            "sse",
            Heartbeat.whenQuiet(Duration.ofSeconds(20), OutboundMessage.text(":\n\n")),
            status -> OutboundMessage.text("bye " + status.code() + "\n"));

    @AutoClose
    private final TestLoop loop = new TestLoop(0, SWEEP);

    private final TestConnection stream = loop.stream(FORMAT, Framing.HTTP_CHUNKED);

    @Test
    void sendsItsHeadAndThenItsMessagesAsChunks() {
        stream.open("HTTP/1.1 200 \r\n\r\n");
        stream.session().send("one\n");
        stream.session().send(OutboundMessage.text("two\n"));
        stream.session().send(ByteBuffer.wrap(Wire.utf8("three\n")));
        loop.settle();
        stream.assertStreamed("HTTP/1.1 200 \r\n\r\n4\r\none\n\r\n4\r\ntwo\n\r\n6\r\nthree\n\r\n");
        stream.assertCalls("open");
    }

    @Test
    void isCountedAsWhatCarriesIt() {
        stream.open();
        stream.session().send("one\n");
        loop.settle();
        LoopTraffic traffic = loop.loop().traffic();
        assertThat(traffic.of(FORMAT.transport()).messagesSent()).isEqualTo(1);
        assertThat(traffic.of(FORMAT.transport()).bytesSent()).isEqualTo("4\r\none\n\r\n".length());
        assertThat(traffic.of(EndpointBinding.WEBSOCKET).messagesSent()).isZero();
    }

    @Test
    void sendsNothingForAMessageWithoutContent() {
        stream.open();
        stream.session().send("");
        stream.session().send(OutboundMessage.binary(ByteBuffer.allocate(0)));
        loop.settle();
        stream.assertStreamed("");
        stream.assertOpen();
    }

    @Test
    void endsWithItsLastWordAndTheLastChunk() {
        stream.open();
        stream.session().send("one\n");
        stream.session().close(new CloseStatus(4000));
        loop.settle();
        stream.assertStreamed("4\r\none\n\r\n9\r\nbye 4000\n\r\n0\r\n\r\n");
        stream.assertCalls("open", "close 4000");
        stream.assertLingers();
        stream.peerFinishes();
        stream.assertClosed("AppClosed 4000");
    }

    @Test
    void overHttp10EndsWithTheConnection() {
        TestConnection old = loop.stream(FORMAT, Framing.HTTP_PLAIN).open();
        old.session().send("one\n");
        old.session().close();
        loop.settle();
        old.assertStreamed("one\nbye 1000\n");
        old.peerFinishes();
        old.assertClosed("AppClosed 1000");
    }

    @Test
    void mayEndWithoutAWord() {
        StreamFormat silent = new StreamFormat("poll", null, status -> null);
        TestConnection poll = loop.stream(silent, Framing.HTTP_CHUNKED).open();
        TestConnection old = loop.stream(silent, Framing.HTTP_PLAIN).open();
        poll.session().close();
        old.session().close();
        loop.settle();
        poll.assertStreamed("0\r\n\r\n");
        old.assertStreamed("");
        old.assertLingers();
        poll.peerFinishes();
        old.peerFinishes();
        poll.assertClosed("AppClosed 1000");
    }

    /** No Close of the peer's is awaited: HTTP has none. */
    @Test
    void isOverForItsEndpointAsSoonAsItEnds() {
        stream.open();
        stream.ends(new Ending.ServerStopping());
        stream.assertCalls("open", "close 1001 the server is about to stop");
        stream.assertStreamed("9\r\nbye 1001\n\r\n0\r\n\r\n");
        stream.sweepAfter(TestConnection.CLOSE_TIMEOUT);
        stream.assertClosed("ServerStopping 1001");
    }

    @Test
    void endsWhenItsClientIsGone() {
        stream.open();
        stream.peerFinishes();
        stream.assertCalls("open", "close 1006");
        stream.assertClosed("PeerVanished 1006");
    }

    @Test
    void throwsAwayALittleThatStillComes() {
        stream.open("", Wire.utf8("\r\n"));
        stream.receives(Wire.utf8("GET / HTTP/1.1\r\n\r\n"));
        stream.assertOpen();
        stream.assertCalls("open");
        assertThat(Holdings.bytes(stream.connection())).isZero();
    }

    @Test
    void endsTheOneWhoseClientGoesOnSending() {
        stream.open();
        for (int i = 0; i < 16; i++) {
            stream.receives(new byte[1024]);
        }
        stream.assertOpen();
        stream.receives(new byte[1]);
        stream.assertCalls("open", "close 1002 a stream's client that goes on sending");
        stream.assertStreamed("9\r\nbye 1002\n\r\n0\r\n\r\n");
        stream.receives(new byte[100_000]);
        stream.peerFinishes();
        stream.assertClosed("PeerViolated 1002");
    }

    @Test
    void isNeverPinged() {
        stream.open();
        stream.sweepAfter(Duration.ofSeconds(15));
        stream.assertStreamed("");
        stream.sweepAfter(Duration.ofSeconds(60));
        stream.sweepAfter(Duration.ofSeconds(120));
        stream.assertStreamed("3\r\n:\n\n\r\n".repeat(2));
        stream.assertOpen();
    }

    @Test
    void isInAGroupWithWebSockets() {
        TestConnection webSocket = loop.connection().open();
        stream.open();
        SessionGroup group = new LoopSessionGroup(true, change -> {});
        group.add(webSocket.session());
        group.add(stream.session());
        group.send(OutboundMessage.text("to all"));
        loop.settle();
        webSocket.assertSent("text to all");
        stream.assertStreamed("6\r\nto all\r\n");
        group.close(new CloseStatus(4001));
        loop.settle();
        webSocket.assertSent("text to all", "close 4001");
        stream.assertStreamed("6\r\nto all\r\n9\r\nbye 4001\n\r\n0\r\n\r\n");
        webSocket.peerFinishes();
        stream.peerFinishes();
    }

    @Test
    void missesWhatASlowOneMay() {
        stream.open();
        stream.peerStopsReading();
        OutboundMessage large = OutboundMessage.text("x".repeat(10_000)).orDropped();
        for (int i = 0; i < 30; i++) {
            stream.session().send(large);
            loop.settle();
        }
        stream.assertOpen();
        assertThat(stream.connection().out().memory()).isLessThanOrEqualTo(TestConnection.LIMITS.outbox());
        assertThat(loop.loop().traffic().sum(TrafficCounters::dropped)).isPositive();
    }

    /** What has begun is ended, and then comes the last word. */
    @Test
    void endsWhenItIsNeverRead() {
        stream.open();
        stream.transport.takes(10);
        for (int i = 0; i < 20 && stream.session().isOpen(); i++) {
            stream.session().send("x".repeat(9_999) + "\n");
            loop.settle();
        }
        assertThat(stream.endpoint.calls().getLast()).startsWith("close 1013 reads too slowly");
        stream.peerReads();
        stream.assertStreamed("2710\r\n" + "x".repeat(9_999) + "\n\r\n9\r\nbye 1013\n\r\n0\r\n\r\n");
        stream.peerFinishes();
        stream.assertClosed("Backlogged 1013");
    }

    @Test
    void sendsAUnitAsItsChunks() {
        stream.open();
        stream.session().send(OutboundMessage.unit(List.of(OutboundMessage.text("a\n"), OutboundMessage.text("b\n"))));
        loop.settle();
        stream.assertStreamed("2\r\na\n\r\n2\r\nb\n\r\n");
    }
}
