package dev.pushwire.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's memory after a garbage collection.
 *
 * @param heap bytes that are live
 * @param rss bytes of the process that are in RAM
 */
public record ServerMemory(long heap, long rss) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");
    /** A collector gives memory back to the system after a while. */
    private static final long GIVE_BACK_MILLIS = 1500;

    static ServerMemory of(Job job) throws IOException, InterruptedException {
        return of(job.serverPid(), job.port());
    }

    /** @param port the port at which a Node.js server tells its live memory */
    public static ServerMemory of(long pid, int port) throws IOException, InterruptedException {
        String command = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .orElseThrow(() -> new IOException("The server is gone"));
        boolean jvm = Path.of(command).endsWith("java");
        // Twice, since references and finalizers that the first collection finds dead are freed by the second.
        long _ = jvm ? liveInJvm(pid) : liveInNode(port);
        Thread.sleep(GIVE_BACK_MILLIS);
        long heap = jvm ? liveInJvm(pid) : liveInNode(port);
        Thread.sleep(GIVE_BACK_MILLIS);
        return new ServerMemory(heap, Proc.rss(pid));
    }

    /** A histogram of live objects begins with a full collection, and ends with their total. */
    private static long liveInJvm(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException(
                    "jcmd gave no histogram: " + histogram.lines().findFirst().orElse("nothing"));
        }
        return Long.parseLong(total.group(1));
    }

    /** The Node.js server collects its garbage on request, and answers with what is left. */
    private static long liveInNode(int port) throws IOException {
        try (var answer = URI.create("http://127.0.0.1:" + port + "/gc").toURL().openStream()) {
            return Long.parseLong(new String(answer.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    Measurement.Idle minus(ServerMemory before, int connections) {
        return new Measurement.Idle(
                (double) (heap - before.heap) / connections, (double) (rss - before.rss) / connections);
    }
}
