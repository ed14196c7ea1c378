package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Idle connections that have used compression hold no more memory than plain ones. */
class IdleCompressionTest {
    private static final int CONNECTIONS = 2_000;
    private static final long HEAP_SLACK_EACH = 256;
    /** A compressor of its own would take a connection a hundred kilobytes and more, outside the heap. */
    private static final long RESIDENT_SLACK_EACH = 50_000;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final RunningService SERVICE = RunningService.with("pushwire.websocket.ping-interval=0s");
    private static final String MESSAGE = "{\"some\":\"message\"}".repeat(60);
    private static final HandshakeText PLAIN = HandshakeText.of("/chat/idle");
    private static final HandshakeText COMPRESSED = PLAIN.and("Sec-WebSocket-Extensions: permessage-deflate");

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    @Test
    void holdNoMoreThanPlainConnections() throws IOException {
        memoryOf(CONNECTIONS, PLAIN); // makes what is shared by all
        memoryOf(CONNECTIONS / 10, COMPRESSED);
        Moves before = Moves.of(SERVICE, "websocket.deflate.bytes", "stage", "before");

        Memory plain = memoryOf(CONNECTIONS, PLAIN);
        Memory compressed = memoryOf(CONNECTIONS, COMPRESSED);

        before.awaitByAtLeast((double) CONNECTIONS * MESSAGE.length());
        assertThat(compressed.heap)
                .as("bytes of heap for each compressed connection")
                .isLessThanOrEqualTo(plain.heap + HEAP_SLACK_EACH);
        assertThat(compressed.resident)
                .as("bytes of the process for each compressed connection")
                .isLessThanOrEqualTo(plain.resident + RESIDENT_SLACK_EACH);
    }

    /** The memory of each connection, in bytes. */
    private record Memory(long heap, long resident) {}

    /** The memory of connections, including their clients, which are all alike. */
    private static Memory memoryOf(int connections, HandshakeText handshake) throws IOException {
        long heap = Vitals.now().heap();
        long resident = resident();
        try (Crowd crowd =
                Crowd.of(connections, () -> RawClient.connect(SERVICE).upgrade(handshake))) {
            crowd.first().sendText(MESSAGE);
            crowd.forEach(client -> assertThat(client.hearsWithin(PATIENCE)).isTrue());
            return new Memory((Vitals.now().heap() - heap) / connections, (resident() - resident) / connections);
        }
    }

    /** The memory that the operating system has given to this process. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
