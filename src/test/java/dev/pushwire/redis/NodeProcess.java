package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The service in a process of its own, which can be killed and paused. */
public final class NodeProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Child child;
    private final Path log;
    private final int port;

    private NodeProcess(Process process, Path log) {
        this.child = new Child("The node", process);
        this.log = log;
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            boolean hasEnded = !process.isAlive(); // before the log is read, of which nothing is missing then
            boolean isReady = read().contains("Ready for WebSockets");
            if (hasEnded && !isReady) {
                throw new AssertionError(
                        "The node did not start, and ended with " + process.exitValue() + ":\n" + read());
            }
            return isReady;
        });
        Matcher matcher = PORT.matcher(read());
        if (!matcher.find()) {
            throw new AssertionError("It does not say its port: " + read());
        }
        this.port = Integer.parseInt(matcher.group(1));
    }

    public static NodeProcess start(Path log, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                "dev.pushwire.PushwireApplication",
                "--server.port=0"));
        settings.forEach(setting -> command.add("--" + setting));
        try {
            return new NodeProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        String ours = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(ours.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String read() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    public URI http(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    public URI ws(String path) {
        return URI.create("ws://localhost:" + port + path);
    }

    public long pid() {
        return child.process().pid();
    }

    /** SIGSTOP: its connections stay, and it does nothing. */
    public void pause() {
        child.pause();
    }

    public void goOn() {
        child.goOn();
    }

    /** SIGTERM: it says to the others that it goes. */
    public void stop() {
        child.stop();
    }

    /** SIGKILL. */
    void kill() {
        child.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
