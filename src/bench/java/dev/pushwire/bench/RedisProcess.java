package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Redis for one run, which keeps nothing on disk: what a disk costs is the disk's affair. */
final class RedisProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it. Whoever needs it waits until it can be reached.
     *
     * @param log beside which it writes its own
     * @throws IOException when there is no redis-server
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

    /** What Pushwire has to be told. */
    List<String> settings() {
        return settings(port);
    }

    /** The same for a Pushwire that finds it behind another port. */
    static List<String> settings(int port) {
        return List.of(
                "--pushwire.broker=redis", "--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + port);
    }

    @Override
    public void close() {
        Children.stop(process);
    }
}
