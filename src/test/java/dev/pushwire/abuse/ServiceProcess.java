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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/** The service in a process of its own, with a limit to its open files or to its heap. */
final class ServiceProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern STARTED = Pattern.compile("Started PushwireApplication");
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E]+)");

    private final Process process;
    private final InetSocketAddress address;
    private final SocketFactory sockets;
    private final StringBuffer log;

    private ServiceProcess(Process process, InetSocketAddress address, SocketFactory sockets, StringBuffer log) {
        this.process = process;
        this.address = address;
        this.sockets = sockets;
        this.log = log;
    }

    static ServiceProcess start(Path directory, int mostDescriptors) throws Exception {
        return start(directory, mostDescriptors, 256, SocketFactory.getDefault());
    }

    /** @param sockets how many sockets are for clients */
    static ServiceProcess start(
            Path directory, int mostDescriptors, int heapMegabytes, SocketFactory sockets, String... settings)
            throws Exception {
        String classes = Path.of(PushwireApplication.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String jar = directory.resolve("pushwire.jar").toString();
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-MaxFDLimit", // otherwise the JVM raises the limit
                "-Xmx" + heapMegabytes + "m",
                "-cp",
                jar + File.pathSeparator + System.getProperty("java.class.path"),
                PushwireApplication.class.getName(),
                "--server.port=0"));
        java.addAll(List.of(settings));
        pack(classes, jar);
        List<String> command = Stream.concat(
                        Stream.of("bash", "-c", "ulimit -n \"$1\"; exec \"${@:2}\"", "service", "" + mostDescriptors),
                        java.stream())
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuffer log = new StringBuffer();
        return new ServiceProcess(process, new InetSocketAddress("127.0.0.1", awaitPort(process, log)), sockets, log);
    }

    /** Packs the classes into a jar, as in production. A jar is open already when no more files can be opened. */
    private static void pack(String classes, String jar) {
        PrintWriter out = new PrintWriter(System.out, true);
        int result = ToolProvider.findFirst("jar").orElseThrow().run(out, out, "-cf", jar, "-C", classes, ".");
        assertThat(result).as("what the jar tool says").isZero();
    }

    /** Reads the log up to the line that says the service is ready; what comes then is added to it in the background. */
    private static int awaitPort(Process process, StringBuffer read) throws IOException {
        BufferedReader log = process.inputReader();
        int port = 0;
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            Matcher started = PORT.matcher(line);
            port = started.find() ? Integer.parseInt(started.group(1)) : port;
            if (STARTED.matcher(line).find()) {
                Thread.ofVirtual().start(() -> readOn(log, read));
                return port;
            }
        }
        throw new AssertionError("The service did not start:\n" + read);
    }

    private static void readOn(BufferedReader log, StringBuffer read) {
        try {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                read.append(line).append('\n');
            }
        } catch (IOException e) {
            // the process was ended
        }
    }

    RawClient connect() {
        try {
            return RawClient.over(sockets.createSocket(address.getAddress(), address.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client whose receive window is small, without TLS. */
    RawClient connectNarrowly(int receiveBuffer) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(receiveBuffer);
            socket.connect(address);
            return RawClient.over(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient open(String path) {
        return connect().upgrade(HandshakeText.of(path));
    }

    /** The value of a meter that has only one, from the actuator. */
    double metric(String name, String... tags) {
        String query = tags.length == 0 ? "" : "?tag=" + String.join("&tag=", tags);
        HandshakeText request = new HandshakeText(
                "GET /actuator/metrics/" + name + query + " HTTP/1.1", List.of("Host: localhost", "Connection: close"));
        try (RawClient client = connect()) {
            HttpReply reply = client.ask(request);
            Matcher value = VALUE.matcher(reply.body());
            assertThat(value.find()).as("a value in %s", reply).isTrue();
            return Double.parseDouble(value.group(1));
        }
    }

    /** The status of a GET. */
    int statusOf(String path) {
        HandshakeText request =
                new HandshakeText("GET " + path + " HTTP/1.1", List.of("Host: localhost", "Connection: close"));
        try (RawClient client = connect()) {
            return client.ask(request).status();
        }
    }

    /** The log so far. */
    String log() {
        return log.toString();
    }

    /** Counted from outside, since the service itself may not be able to open one more. */
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
