package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.prometheus.LiveService;
import dev.pushwire.stream.EventClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with the very files and variables that the chart gives it. */
class RunningTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    private static Path directory;

    private static LiveService withDefaults;
    private static LiveService withKeys;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        withDefaults = LiveService.start(directory.resolve("defaults"), Chart.withDefaults());
        Chart chart = Chart.with("""
                api: {keys: {one: {secret: another-key-0123456789}, other: {secret: %s}}}
                config: {pushwire: {websocket: {max-message-size: 10B}}}
                secretConfig: {values: {info.app.secret: hidden, management.info.env.enabled: true}}
                """.formatted(KEY));
        withKeys = LiveService.start(directory.resolve("keys"), chart);
    }

    @AfterAll
    static void stop() {
        withDefaults.close();
        withKeys.close();
    }

    @Test
    void answersTheProbesOnTheManagementPort() throws Exception {
        for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
            String path = Chart.withDefaults()
                    .render()
                    .container()
                    .at("/" + probe + "/httpGet/path")
                    .stringValue();
            assertThat(get(withDefaults.management(path)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheManagementPortsBusinessFromTheHttpPort() throws Exception {
        assertThat(get(withDefaults.management("/actuator/prometheus")).statusCode())
                .isEqualTo(200);
        assertThat(get(withDefaults.http("/actuator/prometheus")).statusCode()).isEqualTo(404);
        assertThat(get(withDefaults.http("/actuator/health")).statusCode()).isEqualTo(404);
    }

    /** The demo page and its endpoints are off in an installation. */
    @Test
    void showsNoDemo() throws Exception {
        for (String path :
                new String[] {"/", "/index.html", "/js/main.js", "/css/page.css", "/favicon.svg", "/echo", "/chat/a"}) {
            HttpResponse<String> answer = get(withDefaults.http(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("application/problem+json");
        }
        assertThat(get(withDefaults.api("/api/topics/demo.lobby")).body()).contains("\"historySize\":0");
        for (String path : new String[] {"/openapi.yaml", "/protocol/pushwire.v1.schema.json"}) {
            assertThat(get(withDefaults.http(path)).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void showsTheDemoToThoseWhoAskForIt() throws Exception {
        try (LiveService demo = LiveService.start(directory.resolve("demo"))) {
            assertThat(get(demo.http("/")).body()).contains("<html");
            assertThat(get(demo.http("/echo")).statusCode()).isEqualTo(426);
        }
    }

    @Test
    void streamsEventsFromTheHttpPort() {
        try (EventClient client = EventClient.open(withDefaults.http("/topics/news"))) {
            assertThat(client.await(1).getFirst().type()).isEqualTo("subscribed");
        }
    }

    @Test
    void keepsTheApiFromTheHttpPort() throws Exception {
        assertThat(get(withDefaults.api("/api/topics")).statusCode()).isEqualTo(200);
        assertThat(get(withDefaults.http("/api/topics")).statusCode()).isEqualTo(404);
        assertThat(get(withDefaults.api("/echo")).statusCode()).isEqualTo(404);
    }

    /** kubectl port-forward comes from within the pod: that is how NOTES.txt can work without a key. */
    @Test
    void withoutKeysOnlyTheOwnMachinePublishes() throws Exception {
        assertThat(publish(withDefaults, "hello").statusCode()).isEqualTo(202);
        assertThat(publish(withDefaults, "hello", "X-Forwarded-For", "192.0.2.1")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void eachKeyOfTheSecretPublishes() throws Exception {
        assertThat(publish(withKeys, "hello").statusCode()).isEqualTo(401);
        for (String key : new String[] {KEY, "another-key-0123456789"}) {
            assertThat(publish(withKeys, "hello", "Authorization", "Bearer " + key)
                            .statusCode())
                    .isEqualTo(202);
        }
        assertThat(publish(withKeys, "hello", "Authorization", "Bearer " + KEY + "!")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theConfigurationCounts() throws Exception {
        assertThat(publish(withKeys, "longer than that", "Authorization", "Bearer " + KEY)
                        .statusCode())
                .isEqualTo(413);
        assertThat(get(withKeys.management("/actuator/info")).body()).contains("hidden");
    }

    /** The commands work as they are written, so that they can be pasted. */
    @Test
    void answersEachQuestionOfTheRunbook() throws Exception {
        String pages =
                Files.readString(Path.of("docs", "runbook.md")) + Files.readString(Path.of("docs", "kubernetes.md"));
        List<String> paths = Pattern.compile("localhost:8081(/actuator/[^\\s'`]+)")
                .matcher(pages)
                .results()
                .map(path -> path.group(1))
                .distinct()
                .toList();
        assertThat(paths).hasSizeGreaterThan(3);
        for (String path : paths) {
            assertThat(get(withDefaults.management(path)).statusCode()).as(path).isEqualTo(200);
        }
    }

    private HttpResponse<String> publish(LiveService service, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.api("/topics/news")).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
