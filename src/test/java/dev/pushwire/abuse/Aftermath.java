package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.SharedHttp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asserts that a test has left nothing behind in the service, and has disturbed no other client. */
final class Aftermath implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningService service;
    private Vitals before;
    private List<Watcher> watchers = List.of();

    private Aftermath(RunningService service) {
        this.service = service;
    }

    static Aftermath of(RunningService service) {
        return new Aftermath(service);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        useOnceWhatLivesAsLongAsTheJvm();
        awaitNobody();
        before = Vitals.now();
        watchers = Watcher.onEachLoopOf(service);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (Watcher watcher : watchers) {
            watcher.assertUndisturbed();
        }
        awaitNobody();
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> Vitals.now().assertNotMoreThan(before));
    }

    /** The tests' HTTP client has a selector, and the JDK's virtual threads that wait for sockets have some: all made at first use. */
    private void useOnceWhatLivesAsLongAsTheJvm() throws Exception {
        assertThat(SharedHttp.CLIENT.isTerminated()).isFalse();
        Crowd.concurrently(1, () -> {
            try (RawClient client = RawClient.open(service, "/echo")) {
                client.assertEchoes("warm");
            }
            return null;
        });
    }

    private void awaitNobody() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(service.openConnections()).as("WebSockets open").isZero();
                    assertThat(service.bean(ConnectionRegistry.class).size())
                            .as("places taken")
                            .isZero();
                    assertThat(service.httpConnections())
                            .as("connections that Tomcat counts")
                            .isZero();
                });
    }
}
