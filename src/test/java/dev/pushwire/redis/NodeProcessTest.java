package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot start is no node to wait for. */
@Timeout(60)
class NodeProcessTest {
    @Test
    void aNodeThatCannotStartSaysWhy(@TempDir Path folder) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> NodeProcess.start(folder.resolve("log"), List.of("server.port=nonsense")))
                .withMessageStartingWith("The node did not start, and ended with 1:")
                .withMessageContaining("server.port");
    }
}
