package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import dev.pushwire.service.Requirements;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A real Redis of the test's own, on a free port of this machine: it can be stopped, killed, paused, and started again. */
public final class RedisServer implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Of all clients of brokers. */
    static final ClientResources RESOURCES = ClientSettings.resources(DefaultClientResources.create());

    private final Path folder;
    private final int port;
    private final List<String> options;
    private final String sentinel;
    private Child child;

    private RedisServer(Path folder, List<String> options, String sentinel) {
        this.folder = folder;
        this.port = freePort();
        this.options = options;
        this.sentinel = sentinel;
    }

    /** As {@link #start(Path, String...)}, in a folder of its own below that. */
    static RedisServer startBelow(Path parent, String... options) {
        try {
            return start(Files.createTempDirectory(parent, "redis"), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that writes everything to disk before it answers; or as the options, which come last, say. */
    public static RedisServer start(Path folder, String... options) {
        RedisServer server = new RedisServer(folder, List.of(options), null);
        server.start();
        return server;
    }

    /** A sentinel with these settings. */
    static RedisServer startSentinelBelow(Path parent, String settings) {
        try {
            RedisServer server = new RedisServer(Files.createTempDirectory(parent, "sentinel"), List.of(), settings);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public void start() {
        List<String> command = sentinel == null ? serverCommand() : sentinelCommand();
        try {
            child = new Child(
                    "Redis",
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                    folder.resolve("log").toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(this::accepts);
    }

    private List<String> serverCommand() {
        List<String> command = new ArrayList<>(List.of(
                program().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always"));
        command.addAll(options);
        return command;
    }

    private List<String> sentinelCommand() {
        Path file = folder.resolve("sentinel.conf");
        try {
            if (!Files.exists(file)) { // else it is as the sentinel has changed it
                Files.writeString(file, "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\n" + sentinel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(program().toString(), file.toString(), "--sentinel");
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            socket.getOutputStream().write("PING\r\n".getBytes());
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGTERM: it saves what it has to. */
    public void stop() {
        child.stop();
    }

    /** SIGKILL. */
    public void kill() {
        child.kill();
    }

    /** SIGSTOP: it takes connections and commands, and answers nothing. */
    public void pause() {
        child.pause();
    }

    public void goOn() {
        child.goOn();
    }

    /** Forgets what is on disk. */
    public void forget() {
        try (var files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .filter(file -> !file.equals(folder))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RedisURI uri() {
        return RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withTimeout(TIMEOUT)
                .build();
    }

    /** A client as the broker needs it. */
    public RedisClient client() {
        return client(uri());
    }

    static RedisClient client(RedisURI uri) {
        RedisClient client = RedisClient.create(RESOURCES, uri);
        ClientOptions.Builder options = ClientOptions.builder();
        ClientSettings.options(options);
        client.setOptions(options.build());
        return client;
    }

    /** Asks it something, over a connection for this alone. */
    <T> T request(Function<RedisCommands<String, String>, T> question) {
        RedisClient client = RedisClient.create(uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, TIMEOUT);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Debian's, or the one that a library carries. */
    static Path program() {
        if (Requirements.onPath("redis-server")) {
            return Path.of("redis-server");
        }
        String packed = "/redis-server-7.0.15-linux-amd64";
        try (InputStream in = RedisServer.class.getResourceAsStream(packed)) {
            boolean fits = System.getProperty("os.name").equals("Linux")
                    && System.getProperty("os.arch").equals("amd64");
            Requirements.require(in != null && fits, "This test needs redis-server: install it");
            Path program = Path.of("target", "redis-server");
            if (!Files.isExecutable(program)) {
                Path fresh = Files.createTempFile(program.getParent(), "redis-server", "");
                Files.write(fresh, in.readAllBytes());
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(fresh, program);
            }
            return program.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whose cluster bus, ten thousand above it, is free as well. */
    static int freePort() {
        for (int i = 0; i < 100; i++) {
            try (ServerSocket socket = new ServerSocket(0)) {
                int port = socket.getLocalPort();
                if (port < 55_000 && isFree(port + 10_000)) {
                    return port;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("No port is free together with that of its cluster bus");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
