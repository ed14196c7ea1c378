package dev.pushwire.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.engineio.EnginePacket.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO 4: packets. */
class EnginePacketTest {
    @ParameterizedTest
    @CsvSource({"0, OPEN", "1, CLOSE", "2, PING", "3, PONG", "4, MESSAGE", "5, UPGRADE", "6, NOOP"})
    void readsTheTypeFromTheFirstCharacter(String digit, Type type) throws EngineException {
        assertThat(EnginePacket.read(digit)).isEqualTo(new EnginePacket(type, ""));
        assertThat(EnginePacket.read(digit + "probe")).isEqualTo(new EnginePacket(type, "probe"));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(Type type) throws EngineException {
        EnginePacket packet = new EnginePacket(type, "höl😀");
        assertThat(EnginePacket.read(packet.text())).isEqualTo(packet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "9", "a", "abc", "/", ":", "\u0664", "b4AQ=="})
    void refusesWhatIsNoPacket(String message) {
        assertThatThrownBy(() -> EnginePacket.read(message))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.reason()).isEqualTo(CloseReason.PARSE_ERROR));
    }
}
