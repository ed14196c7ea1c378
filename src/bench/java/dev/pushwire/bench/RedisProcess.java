package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Redis for one run. It stores nothing on disk, so that the disk does not affect the results. */
final class RedisProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts Redis. A server that needs it waits until it can be reached.
     *
     * @param log its own log goes beside this one
     * @throws IOException if there is no redis-server
     */
    static RedisProcess start(Path log) throws IOException {
        int port = ServerProcess.freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectErrorStream(true)
                .redirectOutput(log.resolveSibling(log.getFileName() + ".redis").toFile());
        return new RedisProcess(Children.start(builder), port);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    /** The settings with which Pushwire finds it. */
    List<String> settings() {
        return settings(port);
    }

    /** The same for a Pushwire that reaches it by another port. */
    static List<String> settings(int port) {
        return List.of(
                "--pushwire.broker=redis", "--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + port);
    }

    @Override
    public void close() {
        Children.stop(process);
    }
}
