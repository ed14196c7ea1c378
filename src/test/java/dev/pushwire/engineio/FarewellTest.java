package dev.pushwire.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FarewellTest {
    @ParameterizedTest
    @CsvSource({"1000, ''", "4403, the token has expired", "4999, 'ünï\n1000'"})
    void saysWhatToCloseWith(int code, String reason) {
        CloseStatus status = new CloseStatus(code, reason);
        assertThat(Farewell.read(Farewell.of(status).text())).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "10", "15000", "199x", "2", "6", "41001", "b1001"})
    void isNoOtherPacket(String packet) {
        assertThat(Farewell.read(packet)).isNull();
    }

    @Test
    void isTheBarePacketToAClientThatPolls() {
        String farewell = Farewell.of(new CloseStatus(1001, "going")).text();
        assertThat(polled(farewell)).isEqualTo("1");
        assertThat(polled("4a\u001E41\u001E" + farewell)).isEqualTo("4a\u001E41\u001E1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "4", "41001", "11001\u001E4a", "4a\u001E4b", "b1001"})
    void otherPacketsStayAsTheyAre(String packets) {
        assertThat(polled(packets)).isEqualTo(packets);
    }

    private static String polled(String packets) {
        return new String(Farewell.withoutReason(packets.getBytes(UTF_8)), UTF_8);
    }
}
