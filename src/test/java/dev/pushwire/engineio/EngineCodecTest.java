package dev.pushwire.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.engineio.EnginePacket.Binary;
import dev.pushwire.engineio.EnginePacket.Text;
import dev.pushwire.engineio.EnginePacket.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO 4: packets, and payloads of several. */
class EngineCodecTest {
    @ParameterizedTest
    @CsvSource({"0, OPEN", "1, CLOSE", "2, PING", "3, PONG", "4, MESSAGE", "5, UPGRADE", "6, NOOP"})
    void readsTheTypeFromTheFirstCharacter(String digit, Type type) throws EngineException {
        assertThat(EngineCodec.readText(digit)).isEqualTo(new Text(type, ""));
        assertThat(EngineCodec.readText(digit + "probe")).isEqualTo(new Text(type, "probe"));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(Type type) throws EngineException {
        Text packet = new Text(type, "höl😀");
        assertThat(EngineCodec.readText(EngineCodec.write(packet))).isEqualTo(packet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "9", "a", "abc", "/", ":", "\u0664", "b4AQ=="})
    void refusesWhatIsNoPacket(String message) {
        assertThatThrownBy(() -> EngineCodec.readText(message)).satisfies(EngineCodecTest::isParseError);
    }

    @Test
    void readsAPayload() throws EngineException {
        assertThat(payload("4hello\u001EbAQIDBA==\u001E2"))
                .isEqualTo(List.of(EnginePacket.message("hello"), binary(1, 2, 3, 4), new Text(Type.PING, "")));
    }

    @Test
    void writesAPayload() {
        assertThat(EngineCodec.writePayload(
                        List.of(EnginePacket.message("test1"), binary(1, 2, 3, 4), EnginePacket.message("test3"))))
                .isEqualTo("4test1\u001EbAQIDBA==\u001E4test3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u001E",
                "4a\u001E",
                "\u001E4a",
                "4a\u001E\u001E4b",
                "4a\u001Eabc",
                "4a\u001Eb!",
                "4a\u001EbAQ==="
            })
    void refusesAPayloadWithAnythingElse(String payload) {
        assertThatThrownBy(() -> payload(payload)).satisfies(EngineCodecTest::isParseError);
    }

    @Test
    void handsOnWhatStandsBeforeAFault() {
        List<EnginePacket> packets = new ArrayList<>();
        assertThatThrownBy(() -> EngineCodec.readPayload("4a\u001E4b\u001Ex\u001E4c", packets::add))
                .isInstanceOf(EngineException.class);
        assertThat(packets).containsExactly(EnginePacket.message("a"), EnginePacket.message("b"));
    }

    @Test
    void readsAnyPayloadThatItWrites() throws EngineException {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            List<EnginePacket> packets = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(20); i++) {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                Type type = Type.values()[random.nextInt(7)];
                packets.add(
                        random.nextBoolean()
                                ? new Binary(ByteBuffer.wrap(bytes))
                                : new Text(type, new String(Base64.getEncoder().encode(bytes), UTF_8)));
            }
            assertThat(payload(EngineCodec.writePayload(packets))).isEqualTo(packets);
        }
    }

    private static List<EnginePacket> payload(String payload) throws EngineException {
        List<EnginePacket> packets = new ArrayList<>();
        EngineCodec.readPayload(payload, packets::add);
        return packets;
    }

    private static Binary binary(int... bytes) {
        ByteBuffer data = ByteBuffer.allocate(bytes.length);
        for (int octet : bytes) {
            data.put((byte) octet);
        }
        return new Binary(data.flip());
    }

    private static void isParseError(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR));
    }
}
