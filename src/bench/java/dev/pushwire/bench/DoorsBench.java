package dev.pushwire.bench;

import dev.pushwire.bench.ways.FanOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Event streams and Socket.IO beside other servers that have them. Results of earlier runs stay in the table. */
final class DoorsBench {
    private DoorsBench() {}

    static void run(Options options) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(options.directory().resolve("log"));
        Path file = options.directory().resolve("doors.json");
        JsonMapper json = JsonMapper.shared();
        List<FanOut.Result> results = new ArrayList<>();
        if (Files.exists(file)) {
            results.addAll(List.of(json.readValue(Files.readString(file), FanOut.Result[].class)));
        }
        for (Contender contender : options.doors()) {
            if (!contender.isThere(options)) {
                System.out.println("Not on this machine: " + contender.title());
                continue;
            }
            int port = ServerProcess.freePort();
            Path log = logs.resolve("doors-" + contender.key() + ".log");
            try (ServerProcess server =
                    ServerProcess.start(contender.title(), contender.command(options, port), port, log)) {
                results.add(FanOut.of(
                        contender.title(),
                        server.pid(),
                        port,
                        contender.hasHeap(),
                        contender.client(),
                        contender.sending(),
                        options.warmupSeconds(),
                        options.seconds()));
            }
            Files.writeString(file, json.writeValueAsString(results));
            Files.writeString(options.directory().resolve("doors.md"), table(results));
            System.out.println(table(results));
        }
    }

    private static String table(List<FanOut.Result> results) {
        StringBuilder table = new StringBuilder("""
                | | server CPU µs for each delivery | heap of an idle client | RAM of one |
                |---|---:|---:|---:|
                """);
        for (FanOut.Result result : results) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |%n",
                    result.contender(),
                    MarkdownReport.number(result.cpuMicros()),
                    result.heapEach() == 0 ? "–" : MarkdownReport.bytes(result.heapEach()),
                    MarkdownReport.bytes(result.ramEach())));
        }
        return table.toString();
    }
}
