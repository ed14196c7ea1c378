package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A developer's restart: devtools starts the application anew, in the same process, when a class has changed. */
class DevtoolsTest {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void webSocketsWorkBehindARestart() throws Exception {
        Path classes = copyOfTheApplication();
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                .replace(Path.of("target/classes").toAbsolutePath().toString(), classes.toString()),
                        "com.example.orders.OrdersApplication",
                        "--server.port=0",
                        "--spring.devtools.restart.poll-interval=200ms",
                        "--spring.devtools.restart.quiet-period=100ms",
                        "--spring.devtools.livereload.enabled=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertAnswers(awaitStart(log, 1));
            Files.writeString(classes.resolve("changed.properties"), "by=the developer"); // as an IDE does when it compiles
            assertAnswers(awaitStart(log, 2));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private Path copyOfTheApplication() throws Exception {
        Path from = Path.of("target/classes");
        Path to = folder.resolve("classes");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** The port, once it has started so often. */
    private static int awaitStart(Path log, int times) {
        List<String> ports = await().atMost(PATIENCE)
                .until(
                        () -> PORT.matcher(Files.readString(log))
                                .results()
                                .map(MatchResult::group)
                                .map(line -> line.replaceAll("\\D", ""))
                                .toList(),
                        found -> found.size() >= times);
        return Integer.parseInt(ports.get(times - 1));
    }

    private static void assertAnswers(int port) throws Exception {
        try (Sockets ada = Sockets.open(port, "/orders/ada", "ada")) {
            ada.send("4711");
            assertThat(ada.next()).isEqualTo("packed");
        }
    }
}
