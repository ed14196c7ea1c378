package dev.pushwire.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, on a free port of loopback. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int RETRY_MILLIS = 50;
    private static final int PROBE_MILLIS = 1000;

    private final Process process;
    private final int port;
    private final @Nullable RedisProcess redis;

    private ServerProcess(Process process, int port, @Nullable RedisProcess redis) {
        this.redis = redis;
        this.process = process;
        this.port = port;
    }

    /** Starts a server, and waits until it can be reached. */
    static ServerProcess start(Peer peer, Options options, Scenario scenario, Path log)
            throws IOException, InterruptedException {
        RedisProcess redis = scenario.overRedis() ? RedisProcess.start(log) : null;
        List<String> settings = redis == null ? List.of() : redis.settings();
        int port = freePort();
        return start(
                peer.title(),
                peer.command(options, port, scenario, settings),
                port,
                redis,
                log,
                ServerProcess::isReachable);
    }

    /** The same for any command that serves this port. */
    static ServerProcess start(String title, List<String> command, int port, Path log)
            throws IOException, InterruptedException {
        return start(title, command, port, null, log, ServerProcess::isReachable);
    }

    /** Starts a Pushwire, and waits until it is ready for clients: over Redis that is later than it can be reached. */
    static ServerProcess startReady(Options options, List<String> settings, Path log)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = Peer.PUSHWIRE.command(options, port, Scenario.ALL.getFirst(), settings);
        return start(Peer.PUSHWIRE.title(), command, port, null, log, ServerProcess::isReady);
    }

    private static ServerProcess start(
            String title, List<String> command, int port, @Nullable RedisProcess redis, Path log, IntPredicate isUp)
            throws IOException, InterruptedException {
        Process process = Children.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        ServerProcess server = new ServerProcess(process, port, redis);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isUp.test(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                server.close();
                throw new IOException(title + " did not start; its output is in " + log);
            }
            Thread.sleep(RETRY_MILLIS);
        }
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isReachable(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isReady(int port) {
        try {
            URI readiness = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
            HttpURLConnection question = (HttpURLConnection) readiness.toURL().openConnection();
            question.setReadTimeout(PROBE_MILLIS);
            return question.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    /** The process of its Redis; 0 if it has none. */
    long redisPid() {
        return redis == null ? 0 : redis.pid();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        Children.stop(process);
        if (redis != null) {
            redis.close();
        }
    }
}
