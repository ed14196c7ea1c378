package dev.pushwire.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import dev.pushwire.push.Topics;
import dev.pushwire.service.Requirements;
import dev.pushwire.service.RunningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's clients, left to themselves on connections that break: each message comes once, in order. */
class RealClientsTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path NODE = Path.of("src/test/node");
    private static final Duration PATIENCE = Duration.ofSeconds(60); // they wait for seconds before they come back
    private static final int CUTS = 2;
    private static final int BETWEEN = 50; // messages

    private final RunningService service =
            RunningService.with("pushwire.topics[0].name=kept.>", "pushwire.topics[0].history-size=20000");
    private final Topics topics = service.bean(Topics.class);
    private final String topic = "kept." + UUID.randomUUID();
    private final CuttingProxy network = CuttingProxy.to(service.address());

    @AfterEach
    void stop() {
        network.close();
    }

    private String url(String path) {
        return "http://localhost:" + network.port() + path;
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(i -> topics.publish(topic, "" + i));
    }

    private interface Client {
        /** What its listener for messages was told so far. */
        List<String> messages();
    }

    /** Publishes while the client is there, and while it is not. */
    private void assertGetsAllOnce(Client client) {
        await().atMost(PATIENCE)
                .until(() -> service.get("/topics/" + topic).body().contains("\"subscribers\":1"));
        for (int i = 0; i < CUTS; i++) {
            publish(2 * i * BETWEEN, (2 * i + 1) * BETWEEN);
            network.cut(); // somewhere among them
            publish((2 * i + 1) * BETWEEN, (2 * i + 2) * BETWEEN);
            int all = (2 * i + 2) * BETWEEN;
            await().atMost(PATIENCE).until(() -> client.messages().size() >= all);
        }
        assertThat(client.messages())
                .containsExactlyElementsOf(IntStream.range(0, 2 * CUTS * BETWEEN)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventsource", "undici"})
    void packagesOfNpm(String library) throws IOException {
        Requirements.require(
                Files.isDirectory(NODE.resolve("node_modules").resolve(library)) && Requirements.onPath("node"),
                "npm's " + library + " is not tested: run npm ci --ignore-scripts in " + NODE);
        try (Lines node =
                Lines.of("node", NODE.resolve("event-source.mjs").toString(), library, url("/topics/" + topic))) {
            assertGetsAllOnce(() -> node.all().stream()
                    .filter(line -> line.startsWith("message "))
                    .map(line ->
                            new String(Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)), UTF_8))
                    .toList());
        }
    }

    @Test
    void chromium() {
        Requirements.require(Files.isExecutable(CHROMIUM), "EventSource is not tested: there is no " + CHROMIUM);
        try (Playwright playwright =
                        Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")))) {
            Page page = browser.newPage();
            page.navigate(url("/favicon.svg")); // of the service's own origin
            page.evaluate("""
                    path => {
                        window.messages = [];
                        window.source = new EventSource(path);
                        window.source.onmessage = event => window.messages.push(event.data);
                    }""", "/topics/" + topic);
            assertGetsAllOnce(() -> ((List<?>) page.evaluate("() => window.messages"))
                    .stream().map(String::valueOf).toList());
        }
    }

    @Test
    void curl() throws IOException {
        Requirements.require(Requirements.onPath("curl"), "curl is not tested: there is none");
        try (Lines curl = Lines.of("curl", "-sN", "-H", "Accept: text/event-stream", url("/topics/" + topic))) {
            await().atMost(PATIENCE)
                    .until(() -> service.get("/topics/" + topic).body().contains("\"subscribers\":1"));
            publish(0, 10);
            await().atMost(PATIENCE).until(() -> curl.all().contains("data: 9"));
            assertThat(curl.all().stream().filter(line -> line.matches("data: \\d+")))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10).mapToObj(i -> "data: " + i).toList());
        }
    }

    /** A process whose output is read as it comes. */
    private record Lines(Process process, Queue<String> queue) implements AutoCloseable {
        static Lines of(String... command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Queue<String> queue = new ConcurrentLinkedQueue<>();
            Thread.ofVirtual().start(() -> {
                try (BufferedReader lines = process.inputReader(UTF_8)) {
                    lines.lines().forEach(queue::add);
                } catch (IOException | UncheckedIOException e) {
                    // the test is over
                }
            });
            return new Lines(process, queue);
        }

        List<String> all() {
            return List.copyOf(queue);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
