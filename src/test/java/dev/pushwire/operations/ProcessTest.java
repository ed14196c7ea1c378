package dev.pushwire.operations;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service in a JVM of its own, started and ended as Kubernetes does it. */
@Timeout(120)
class ProcessTest {
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final int CLIENTS = 40;
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    @TempDir
    private Path directory;

    @Test
    void itLogsForMachinesAndLeavesOnSigterm() throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        "dev.pushwire.PushwireApplication",
                        "--server.port=0",
                        "--logging.structured.format.console=ecs",
                        "--pushwire.drain.window=" + WINDOW.toSeconds() + "s")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> read(log).contains("Ready for WebSockets"));
            int port = port(read(log));
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Client.connect(port, "/topics/last"));
            }
            assertThat(Service.publish(port, "last", "words").body()).contains("\"subscribers\":" + CLIENTS);

            long signal = System.nanoTime();
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(WINDOW.toSeconds() + 10, SECONDS))
                    .as("it ends within the window and a few seconds")
                    .isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - signal)).isGreaterThan(WINDOW.dividedBy(2));
            assertThat(process.exitValue()).isIn(0, 143);
            assertThat(clients).allSatisfy(client -> {
                assertThat(client.closeCode()).isEqualTo(1001);
                assertThat(client.messages()).containsExactly("words");
            });
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.startsWith("{"))
                .allSatisfy(line -> {
                    assertThat(JsonPath.<String>read(line, "$.['@timestamp']")).isNotBlank();
                    assertThat(JsonPath.<String>read(line, "$.log.level")).isNotBlank();
                });
        assertThat(messages(log))
                .anySatisfy(message -> assertThat(message)
                        .startsWith("Ready for WebSockets: at most ")
                        .contains("drain window 2s"))
                .contains("Closing " + CLIENTS + " WebSocket connections over 2.0 s")
                .anyMatch(message -> message.startsWith("All WebSocket connections were closed within"));
    }

    private static List<String> messages(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("{")) // before it is configured, the banner comes
                .map(line -> JsonPath.<String>read(line, "$.message"))
                .toList();
    }

    private static int port(String log) {
        Matcher matcher = PORT.matcher(log);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The service's own, without the tests. */
    private static String classPath() {
        String ours = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(ours.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
