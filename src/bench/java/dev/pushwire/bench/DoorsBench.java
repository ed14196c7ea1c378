package dev.pushwire.bench;

import dev.pushwire.bench.ways.FanOut;
import dev.pushwire.bench.ways.SocketIoCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares event streams and Socket.IO with other servers that have them. Results of earlier runs stay in the table.
 */
final class DoorsBench {
    private DoorsBench() {}

    /** @param calls null if calls are not measured */
    record Row(FanOut.Result fanOut, SocketIoCalls.@Nullable Result calls) {}

    static void run(Options options) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(options.directory().resolve("log"));
        Path file = options.directory().resolve("doors.json");
        JsonMapper json = JsonMapper.shared();
        List<Row> results = new ArrayList<>();
        if (Files.exists(file)) {
            results.addAll(List.of(json.readValue(Files.readString(file), Row[].class)));
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
                FanOut.Result fanOut = FanOut.of(
                        contender.title(),
                        server.pid(),
                        port,
                        contender.hasHeap(),
                        contender.client(),
                        contender.sending(),
                        options.warmupSeconds(),
                        options.seconds());
                SocketIoCalls.Result calls = contender.isCalled()
                        ? SocketIoCalls.of(server.pid(), port, options.warmupSeconds(), options.seconds())
                        : null;
                results.add(new Row(fanOut, calls));
            }
            Files.writeString(file, json.writeValueAsString(results));
            Files.writeString(options.directory().resolve("doors.md"), table(results));
            System.out.println(table(results));
        }
    }

    private static String table(List<Row> results) {
        StringBuilder table = new StringBuilder("""
                | | server CPU µs for each delivery | each echo | each connect | connects a second | heap of an idle client | RAM of one |
                |---|---:|---:|---:|---:|---:|---:|
                """);
        for (Row row : results) {
            FanOut.Result fanOut = row.fanOut();
            SocketIoCalls.Result calls = row.calls();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |%n",
                    fanOut.contender(),
                    MarkdownReport.number(fanOut.cpuMicros()),
                    calls == null
                            ? "– | – | –"
                            : MarkdownReport.number(calls.echoMicros()) + " | "
                                    + MarkdownReport.number(calls.connectMicros()) + " | "
                                    + MarkdownReport.number(calls.connectsPerSecond()),
                    fanOut.heapEach() == 0 ? "–" : MarkdownReport.bytes(fanOut.heapEach()),
                    MarkdownReport.bytes(fanOut.ramEach())));
        }
        return table.toString();
    }
}
