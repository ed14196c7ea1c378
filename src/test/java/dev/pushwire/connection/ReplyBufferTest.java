package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyBufferTest {
    private static final int SIZE = 200;

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final Connection connection = loop.connection().connection();
    private final FakeTransport transport = new FakeTransport();
    private final TrafficCounters counters = new TrafficCounters();
    private final ReplyBuffer replies = new ReplyBuffer(SIZE);

    @BeforeEach
    void begin() {
        replies.beginTurn(connection);
    }

    private boolean put(String text) {
        return replies.put(Opcode.TEXT, ByteBuffer.wrap(Wire.utf8(text)));
    }

    private EncodedFrame write() throws IOException {
        return replies.write(transport, counters);
    }

    @Test
    void belongsToTheConnectionWhoseTurnItIs() {
        assertThat(replies.belongsTo(connection)).isTrue();
        assertThat(replies.belongsTo(loop.connection().connection())).isFalse();
        replies.endTurn();
        assertThat(replies.belongsTo(connection)).isFalse();
    }

    @Test
    void gathersForOneWrite() throws IOException {
        put("a");
        replies.put(EncodedFrame.of(Opcode.PONG, Wire.utf8("p")));
        put("b");
        assertThat(replies.size()).isPositive();
        assertThat(write()).isNull();
        assertThat(transport.writes()).isEqualTo(1);
        assertThat(Wire.frames(transport.taken())).containsExactly("text a", "pong p", "text b");
        assertThat(counters.bytesSent()).isEqualTo(transport.taken().length);
        assertThat(replies.size()).isZero();
    }

    @Test
    void nothingIsNoWrite() throws IOException {
        assertThat(write()).isNull();
        assertThat(transport.writes()).isZero();
    }

    @Test
    void thePayloadIsNotConsumed() {
        ByteBuffer payload = ByteBuffer.wrap(Wire.utf8("[payload]"), 1, 7);
        replies.put(Opcode.BINARY, payload);
        assertThat(payload.position()).isEqualTo(1);
        assertThat(payload.limit()).isEqualTo(8);
    }

    /** The header counts too: 2 bytes up to a payload of 125, then 4. */
    @ParameterizedTest
    @ValueSource(ints = {SIZE - 4, SIZE - 3, SIZE})
    void whatDoesNotFitIsNotPut(int payload) throws IOException {
        boolean fits = payload + 4 <= SIZE;
        assertThat(put("x".repeat(payload))).isEqualTo(fits);
        assertThat(replies.size()).isEqualTo(fits ? payload + 4 : 0);
        assertThat(replies.put(EncodedFrame.of(Opcode.TEXT, Wire.utf8("x".repeat(SIZE)))))
                .isFalse();
        write();
        assertThat(transport.taken()).hasSize(fits ? SIZE : 0);
    }

    @Test
    void theRestOfAPartialWriteIsHandedBack() throws IOException {
        byte[] whole = Wire.join(
                Wire.bytes(EncodedFrame.of(Opcode.TEXT, Wire.utf8("a message"))).array(),
                Wire.bytes(EncodedFrame.of(Opcode.TEXT, Wire.utf8("another"))).array());
        for (int taken = 0; taken < whole.length; taken++) {
            FakeTransport narrow = new FakeTransport();
            narrow.takes(taken);
            replies.beginTurn(connection);
            put("a message");
            put("another");
            EncodedFrame rest = replies.write(narrow, counters);
            assertThat(Wire.join(narrow.taken(), Wire.bytes(rest).array())).isEqualTo(whole);
            assertThat(replies.size()).isZero();
        }
    }

    @Test
    void aFailedWriteLeavesNothingForTheNextTurn() {
        put("a");
        transport.breaks();
        assertThatExceptionOfType(IOException.class).isThrownBy(this::write);
        assertThat(replies.size()).isZero();
    }
}
