package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Playwright;
import dev.pushwire.javascript.Browsers;
import dev.pushwire.push.Topics;
import dev.pushwire.service.Requirements;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** Other people's clients, left to themselves, side by side, on connections that break: each message comes once, in order. */
class RealClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60); // they wait for seconds before they come back
    private static final int CUTS = 2;
    private static final int BETWEEN = 50; // messages

    private static final RunningService SERVICE =
            RunningService.with("pushwire.topics[0].name=kept.>", "pushwire.topics[0].history-size=20000");
    private static final Topics TOPICS = SERVICE.bean(Topics.class);
    private static final String TOPIC = "kept." + UUID.randomUUID();

    private static final Map<RealEventSource.Kind, RealEventSource> SOURCES = new EnumMap<>(RealEventSource.Kind.class);
    private static CuttingProxy network;
    private static Playwright playwright;

    /** Publishes while the clients are there, and while they are not. */
    @BeforeAll
    static void run() {
        network = CuttingProxy.to(SERVICE.address());
        playwright = Browsers.playwright();
        for (RealEventSource.Kind kind : RealEventSource.Kind.values()) {
            try {
                kind.require();
                SOURCES.put(kind, kind.open(playwright, "http://localhost:" + network.port(), "/topics/" + TOPIC));
            } catch (TestAbortedException e) {
                // its own test says so
            }
        }
        awaitSubscribers(TOPIC, SOURCES.size());
        try {
            for (int i = 0; i < CUTS; i++) {
                publish(TOPIC, 2 * i * BETWEEN, (2 * i + 1) * BETWEEN);
                network.cut(); // somewhere among them
                publish(TOPIC, (2 * i + 1) * BETWEEN, (2 * i + 2) * BETWEEN);
                int all = (2 * i + 2) * BETWEEN;
                await().atMost(PATIENCE)
                        .until(() -> SOURCES.values().stream()
                                .allMatch(source -> source.messages().size() >= all));
            }
        } catch (ConditionTimeoutException e) {
            // the test of each says what it lacks
        }
    }

    @AfterAll
    static void stop() {
        SOURCES.values().forEach(RealEventSource::close);
        playwright.close();
        network.close();
    }

    private static void publish(String topic, int from, int to) {
        IntStream.range(from, to).forEach(i -> TOPICS.publish(topic, "" + i));
    }

    private static void awaitSubscribers(String topic, int count) {
        await().atMost(PATIENCE)
                .until(() -> SERVICE.get("/topics/" + topic).body().contains("\"subscribers\":" + count));
    }

    private static List<String> numbers(int count, String prefix) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    @ParameterizedTest
    @EnumSource
    void getsEachMessageOnce(RealEventSource.Kind kind) {
        kind.require();
        assertThat(SOURCES.get(kind).messages()).isEqualTo(numbers(2 * CUTS * BETWEEN, ""));
    }

    @Test
    void curl() {
        Requirements.require(Requirements.onPath("curl"), "curl is not tested: there is none");
        String topic = "kept." + UUID.randomUUID();
        try (Lines curl = Lines.of(
                "curl",
                "-sN",
                "-H",
                "Accept: text/event-stream",
                SERVICE.http("/topics/" + topic).toString())) {
            awaitSubscribers(topic, 1);
            publish(topic, 0, 10);
            await().atMost(PATIENCE).until(() -> curl.all().contains("data: 9"));
            assertThat(curl.all().stream()
                            .filter(line -> line.matches("data: \\d+"))
                            .toList())
                    .isEqualTo(numbers(10, "data: "));
        }
    }
}
