package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.PushwireApplication;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RawClient;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The service in a process of its own, which may open only so many files. */
final class ServiceProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern STARTED = Pattern.compile("Started PushwireApplication");
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E]+)");

    private final Process process;
    private final InetSocketAddress address;

    private ServiceProcess(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static ServiceProcess start(Path directory, int mostDescriptors) throws Exception {
        String classes = Path.of(PushwireApplication.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String jar = directory.resolve("pushwire.jar").toString();
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-MaxFDLimit", // or the JVM raises the limit for itself
                "-Xmx256m",
                "-cp",
                jar + File.pathSeparator + System.getProperty("java.class.path"),
                PushwireApplication.class.getName(),
                "--server.port=0");
        pack(classes, jar);
        List<String> command = Stream.concat(
                        Stream.of("bash", "-c", "ulimit -n \"$1\"; exec \"${@:2}\"", "service", "" + mostDescriptors),
                        java.stream())
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new ServiceProcess(process, new InetSocketAddress("127.0.0.1", awaitPort(process)));
    }

    /** In production classes come from a jar, which is open: a class that is first used when no file can be opened is there. */
    private static void pack(String classes, String jar) {
        PrintWriter out = new PrintWriter(System.out, true);
        int result = ToolProvider.findFirst("jar").orElseThrow().run(out, out, "-cf", jar, "-C", classes, ".");
        assertThat(result).as("what the jar tool says").isZero();
    }

    /** Reads the log up to the line that says the service is ready; from there on it is thrown away. */
    private static int awaitPort(Process process) throws IOException {
        BufferedReader log = process.inputReader();
        int port = 0;
        StringBuilder read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            Matcher started = PORT.matcher(line);
            port = started.find() ? Integer.parseInt(started.group(1)) : port;
            if (STARTED.matcher(line).find()) {
                Thread.ofVirtual().start(() -> log.lines().forEach(rest -> {}));
                return port;
            }
        }
        throw new AssertionError("The service did not start:\n" + read);
    }

    RawClient connect() {
        try {
            return RawClient.over(new Socket(address.getAddress(), address.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient open(String path) {
        return connect().upgrade(HandshakeText.of(path));
    }

    /** What the actuator says of a meter that has one value. */
    double metric(String name) {
        HandshakeText request = new HandshakeText(
                "GET /actuator/metrics/" + name + " HTTP/1.1", List.of("Host: localhost", "Connection: close"));
        try (RawClient client = connect()) {
            HttpReply reply = client.ask(request);
            Matcher value = VALUE.matcher(reply.body());
            assertThat(value.find()).as("a value in %s", reply).isTrue();
            return Double.parseDouble(value.group(1));
        }
    }

    /** Counted from outside: the service itself may have none left to look. */
    long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return open.count();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
