package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.Opcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrafficCountersTest {
    private final TrafficCounters counters = new TrafficCounters();

    @ParameterizedTest
    @EnumSource
    void framesAreCountedByOpcodeAndDirection(Opcode opcode) {
        counters.frameReceived(opcode);
        counters.frameReceived(opcode);
        counters.frameSent(opcode.code());
        for (Opcode each : Opcode.values()) {
            assertThat(counters.framesReceived(each)).isEqualTo(each == opcode ? 2 : 0);
            assertThat(counters.framesSent(each)).isEqualTo(each == opcode ? 1 : 0);
        }
    }

    @Test
    void messagesAndBytesAreCountedForThemselves() {
        counters.messageReceived();
        counters.bytesReceived(300);
        counters.bytesReceived(0);
        counters.bytesSent(7);
        counters.bytesSent(5);
        assertThat(counters.messagesReceived()).isEqualTo(1);
        assertThat(counters.bytesReceived()).isEqualTo(300);
        assertThat(counters.bytesSent()).isEqualTo(12);
        assertThat(counters.messagesSent()).isZero();
    }

    @Test
    void messagesSentAreTheDataFramesSent() {
        for (Opcode opcode : Opcode.values()) {
            counters.frameSent(opcode.code());
        }
        assertThat(counters.messagesSent()).isEqualTo(2);
    }
}
