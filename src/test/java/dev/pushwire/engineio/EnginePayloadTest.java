package dev.pushwire.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.engineio.EnginePayload.Item;
import dev.pushwire.protocol.Framing;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO 4: bodies of several packets. */
class EnginePayloadTest {
    @Test
    void readsAPayload() throws EngineException {
        assertThat(read("4hello\u001EbAQIDBA==\u001E2\u001Eb"))
                .containsExactly(text("4hello"), binary(1, 2, 3, 4), text("2"), binary());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "\u001E",
                "4a\u001E",
                "\u001E4a",
                "4a\u001E\u001E4b",
                "4a\u001Eabc",
                "4a\u001E7",
                "4a\u001E\u0664",
                "4a\u001Eb!",
                "4a\u001EbAQ==="
            })
    void refusesAPayloadWithAnythingElse(String payload) {
        assertThatThrownBy(() -> read(payload)).satisfies(EnginePayloadTest::isParseError);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] half = {'4', (byte) 0xc3, 0x1E, '4', 'a'};
        assertThatThrownBy(() -> new EnginePayload(half)).satisfies(EnginePayloadTest::isParseError);
    }

    @Test
    void handsOnWhatStandsBeforeAFault() throws EngineException {
        EnginePayload payload = new EnginePayload("4a\u001E4b\u001Ex\u001E4c".getBytes(UTF_8));
        assertThat(payload.next()).isEqualTo(text("4a"));
        assertThat(payload.next()).isEqualTo(text("4b"));
        assertThatThrownBy(payload::next).satisfies(EnginePayloadTest::isParseError);
    }

    /** A body of short packets takes one pass, however many there are: each byte is looked at a few times. */
    @Test
    void readsAMegabyteOfShortPackets() throws EngineException {
        assertThat(read("4\u001E".repeat(500_000) + "4")).hasSize(500_001);
    }

    @Test
    void readsWhatPollsAreSent() throws EngineException {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            List<Item> items = new ArrayList<>();
            StringBuilder sent = new StringBuilder();
            for (int i = 0; i <= random.nextInt(20); i++) {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                Item item = random.nextBoolean()
                        ? new Item(false, ByteBuffer.wrap(bytes))
                        : text(random.nextInt(7) + Base64.getEncoder().encodeToString(bytes) + "ü");
                items.add(item);
                sent.append(sent(item));
            }
            assertThat(read(sent.substring(0, sent.length() - 1))).isEqualTo(items);
        }
    }

    private static String sent(Item item) {
        var frame = Message.of(item.isText() ? Opcode.TEXT : Opcode.BINARY, item.data())
                .in(Framing.RECORDS_PLAIN);
        ByteBuffer bytes = ByteBuffer.allocate(frame.size());
        frame.copyTo(bytes, 0);
        return new String(bytes.array(), UTF_8);
    }

    private static List<Item> read(String body) throws EngineException {
        EnginePayload payload = new EnginePayload(body.getBytes(UTF_8));
        List<Item> items = new ArrayList<>();
        for (Item next = payload.next(); next != null; next = payload.next()) {
            items.add(next);
        }
        return items;
    }

    private static Item text(String packet) {
        return new Item(true, ByteBuffer.wrap(packet.getBytes(UTF_8)));
    }

    private static Item binary(int... bytes) {
        byte[] data = new byte[bytes.length];
        Arrays.setAll(bytes, i -> data[i] = (byte) bytes[i]);
        return new Item(false, ByteBuffer.wrap(data));
    }

    private static void isParseError(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR));
    }
}
