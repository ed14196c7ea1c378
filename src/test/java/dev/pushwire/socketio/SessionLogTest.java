package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Position;
import org.junit.jupiter.api.Test;

class SessionLogTest {
    private static final Position BEGIN = new Position("e", 0);

    private final RecoveryMemory memory = new RecoveryMemory(2000, 10_000);
    private final SessionLog log = new SessionLog("pid", BEGIN, memory);

    private void send(int size) {
        log.sendsAlone(Arguments.ofJson("[\"" + "x".repeat(size) + "\"]"), BEGIN);
    }

    /** Small events make room for large ones only as far as they took any. */
    @Test
    void takesNoMoreOnceAllTogetherHaveAsMuchAsTheyMay() {
        for (int i = 0; i < 50; i++) {
            send(10);
        }
        for (int i = 0; i < 10; i++) {
            send(1000);
        }
        assertThat(memory.bytes()).isLessThanOrEqualTo(2000);
        log.free();
        assertThat(memory.bytes()).isZero();
    }
}
