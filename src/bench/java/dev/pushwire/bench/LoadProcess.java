package dev.pushwire.bench;

import dev.pushwire.bench.load.Job;
import dev.pushwire.bench.load.LoadClient;
import dev.pushwire.bench.load.Measurement;
import dev.pushwire.bench.load.Measurement.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The load client in a process of its own. */
final class LoadProcess {
    /**
     * The time besides warm-up and window: opening 10,000 connections, collecting garbage, waiting for late messages.
     */
    private static final long PATIENCE_SECONDS = 240;

    /** The client makes little garbage, and its collector must not take the server's processors. */
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx1g", "--enable-native-access=ALL-UNNAMED");

    private LoadProcess() {}

    /** @param whenMeasuring called as the window opens, on another thread */
    static Measurement run(Job job, Path log, Runnable whenMeasuring) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Peer.java()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadClient.class.getName()));
        command.add(JsonMapper.shared().writeValueAsString(job));
        Process process = Children.start(new ProcessBuilder(command).redirectError(log.toFile()));
        CompletableFuture<String> answer =
                CompletableFuture.supplyAsync(() -> lastLine(process, whenMeasuring), Thread::startVirtualThread);
        double limit = job.warmupSeconds() + job.seconds() + PATIENCE_SECONDS;
        boolean ended = process.waitFor((long) (limit * 1000), TimeUnit.MILLISECONDS);
        Children.stop(process);
        String last = answer.join();
        if (!ended || !last.startsWith("{")) {
            return Measurement.failed(
                    Outcome.VOID, ended ? "the load client died: see " + log : "the load client did not end in time");
        }
        return JsonMapper.shared().readValue(last, Measurement.class);
    }

    private static String lastLine(Process process, Runnable whenMeasuring) {
        String last = "";
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(LoadClient.MEASURING)) {
                    whenMeasuring.run();
                }
                last = line;
            }
        } catch (IOException e) {
            return "";
        }
        return last;
    }
}
