package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.DeflateParameters;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.MessageDeflater;
import dev.pushwire.protocol.MessageInflater;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a connection with permessage-deflate. The tests of the protocol check their form. */
class CompressionTest {
    private static final String LONG = "a message that is worth it, ".repeat(20);
    private static final String SHORT = "not worth it";

    @AutoClose
    private final TestLoop loop = new TestLoop();

    @AutoClose
    private final MessageDeflater deflater = new MessageDeflater(6);

    private TestConnection connection;

    private TestConnection connection(boolean takeover) {
        HandshakeInfo peer = new HandshakeInfo(
                AccessLease.lasting(null), null, new DeflateParameters(takeover, takeover, 15, 15), Map.of(), null);
        TestConnection connection = loop.connection(Execution.EVENT_LOOP, TestConnection.LIMITS, peer);
        connection.endpoint.echo();
        return connection.open();
    }

    @BeforeEach
    void open() {
        connection = connection(false);
    }

    private byte[] compressed(String text, boolean takeover) {
        EncodedFrame frame = deflater.deflate(Opcode.TEXT, ByteBuffer.wrap(Wire.utf8(text)), 15, takeover);
        return Wire.masked(Wire.bytes(frame));
    }

    /** The texts of what was sent, each a single frame of less than 64 KiB. */
    private static List<String> texts(byte[] sent, boolean takeover) {
        List<String> texts = new ArrayList<>();
        try (MessageInflater inflater = new MessageInflater(takeover, new byte[10_000])) {
            for (ByteBuffer in = ByteBuffer.wrap(sent); in.hasRemaining(); ) {
                boolean compressed = (in.get() & 0x40) != 0;
                int length = in.get();
                ByteBuffer payload = ByteBuffer.allocate(length == 126 ? in.getShort() & 0xFFFF : length);
                in.get(payload.array());
                ByteBuffer plain = compressed ? inflater.inflate(payload, 10_000) : payload;
                texts.add(StandardCharsets.UTF_8.decode(plain).toString());
            }
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void messagesComeAndGoCompressed(boolean takeover) {
        TestConnection connection = connection(takeover);
        connection.receives(compressed(LONG, takeover), compressed(SHORT, takeover), compressed(LONG, takeover));
        connection.assertCalls("open", "text " + LONG, "text " + SHORT, "text " + LONG);
        assertThat(texts(connection.transport.taken(), takeover)).containsExactly(LONG, SHORT, LONG);
        assertThat(connection.transport.taken().length).isLessThan(LONG.length());
    }

    @Test
    void aShortMessageGoesAsItIs() {
        connection.session().send(SHORT);
        loop.settle();
        connection.assertSent("text " + SHORT);
    }

    @Test
    void aPeerThatDidNotAgreeGetsItAsItIs() {
        TestConnection plain = loop.connection().open();
        plain.session().send(OutboundMessage.text(LONG));
        loop.settle();
        plain.assertSent("text of " + LONG.length());
    }

    /** Between messages for this peer alone come some that others get too; the peer's own context must not miss them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sharedMessagesAndOwnOnesMayAlternate(boolean takeover) {
        TestConnection connection = connection(takeover);
        TestConnection other = connection(false);
        SessionGroup group = new LoopSessionGroup(true, _ -> {});
        group.add(connection.session());
        group.add(other.session());
        OutboundMessage shared = OutboundMessage.text(LONG + "shared");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            connection.session().send(LONG + i);
            group.send(shared);
            expected.addAll(List.of(LONG + i, LONG + "shared"));
        }
        loop.settle();
        assertThat(texts(connection.transport.taken(), takeover)).isEqualTo(expected);
        assertThat(texts(other.transport.taken(), false)).hasSize(5).containsOnly(LONG + "shared");
    }

    @Test
    void aMessageForManyIsCompressedOnce() {
        TestConnection second = connection(false);
        OutboundMessage message = OutboundMessage.text(LONG);
        connection.session().send(message);
        second.session().send(message);
        Compression ours = loop.loop().compressions().of(new DeflateParameters(false, false, 15, 15));
        assertThat(ours.compress(message.message())).isSameAs(ours.compress(message.message()));
    }

    @Test
    void countsBytesBeforeAndAfter() {
        connection.receives(compressed(LONG, false));
        TrafficCounters counters = loop.loop().traffic().of(EndpointBinding.WEBSOCKET);
        assertThat(counters.bytesBeforeInflating()).isPositive().isLessThan(100);
        assertThat(counters.bytesAfterInflating()).isEqualTo(LONG.length());
        assertThat(counters.bytesBeforeDeflating()).isEqualTo(LONG.length());
        assertThat(counters.bytesAfterDeflating()).isEqualTo(connection.transport.taken().length);
    }

    @Test
    void whatIsNoDeflateStreamEndsTheConnection() {
        byte[] frame = compressed(LONG, false);
        for (int i = 6; i < frame.length; i++) {
            frame[i] ^= 0x55;
        }
        connection.receives(frame);
        assertThat(connection.sent().getFirst()).startsWith("close 1007");
    }

    @Test
    void withoutTakeoverOneServesAllThatAgreedAlike() {
        Compressions compressions = loop.loop().compressions();
        DeflateParameters alike = new DeflateParameters(false, false, 15, 15);
        DeflateParameters smaller = new DeflateParameters(false, false, 10, 15);
        DeflateParameters own = new DeflateParameters(true, false, 15, 15);
        assertThat(compressions.of(alike)).isSameAs(compressions.of(new DeflateParameters(false, false, 15, 15)));
        assertThat(compressions.of(alike)).isNotSameAs(compressions.of(smaller));
        Compression first = compressions.of(own);
        Compression second = compressions.of(own);
        assertThat(first).isNotSameAs(second);
        compressions.release(first);
        compressions.release(second);
    }

    /** Its own compressor is given back in the middle of the callback, whose message lies in the decompressor's memory. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mayEndInTheMiddleOfAMessage(boolean takeover) {
        TestConnection connection = connection(takeover);
        connection.endpoint.onText = (session, text) -> {
            connection.connection().end(new Ending.PeerVanished());
            session.send(text);
            session.send(LONG);
        };
        connection.receives(compressed(LONG, takeover), compressed(LONG, takeover));
        connection.assertCalls("open", "text " + LONG, "close 1006");
        connection.assertClosed("PeerVanished 1006");
    }
}
