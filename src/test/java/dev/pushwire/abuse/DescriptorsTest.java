package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that runs out of file descriptors, in a process of its own. */
class DescriptorsTest {
    private static final int LIMIT = 512;
    private static final int SLACK = 8;

    @Test
    void areExhaustedAndComeBack(@TempDir Path directory) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, LIMIT)) {
            Watcher old = Watcher.of(service.open("/echo"));
            long before = service.openDescriptors();
            assertThat(service.metric("websocket.accept.failures")).isZero();
            List<RawClient> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < LIMIT; i++) { // some of these wait with the kernel, in vain
                    crowd.add(service.connect());
                }
                await().untilAsserted(
                                () -> assertThat(service.openDescriptors()).isEqualTo(LIMIT));
            } finally {
                crowd.forEach(RawClient::close);
            }

            await().atMost(Duration.ofSeconds(30)).until(() -> accepts(service));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(service.openDescriptors()).isLessThanOrEqualTo(before + SLACK));
            assertThat(service.metric("websocket.accept.failures")).isPositive();
            old.assertUndisturbed();
        }
    }

    private static boolean accepts(ServiceProcess service) {
        try (RawClient client = service.connect()) {
            client.upgrade(HandshakeText.of("/echo")).assertEchoes("new here");
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
