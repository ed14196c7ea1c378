package dev.pushwire.bench;

import dev.pushwire.bench.ways.Waste;
import dev.pushwire.bench.ways.Waste.Cost;
import dev.pushwire.bench.ways.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures what each transport for a topic's messages costs, with a new Pushwire and a thousand clients for each.
 * Results of earlier runs stay in the table for transports that are not measured this time.
 */
final class WasteBench {
    private static final List<String> SETTINGS = List.of(
            "--pushwire.topics[0].name=bench",
            "--pushwire.topics[0].publish=public",
            "--pushwire.topics[0].history-size=1000",
            "--logging.level.root=warn");

    private WasteBench() {}

    static void run(Options options) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(options.directory().resolve("log"));
        Path file = options.directory().resolve("waste.json");
        JsonMapper json = JsonMapper.shared();
        Map<String, Waste.Result> results = new TreeMap<>();
        if (Files.exists(file)) {
            for (Waste.Result result : json.readValue(Files.readString(file), Waste.Result[].class)) {
                results.put(result.way(), result);
            }
        }
        for (Way way : options.waste()) {
            int port = ServerProcess.freePort();
            List<String> command =
                    new ArrayList<>(Peer.PUSHWIRE.command(options, port, Scenario.ALL.getFirst(), SETTINGS));
            Path log = logs.resolve("waste-" + way.key() + ".log");
            try (ServerProcess server = ServerProcess.start(way.title(), command, port, log)) {
                results.put(way.key(), Waste.of(way, server.pid(), port, options.warmupSeconds()));
            }
            List<Waste.Result> all = Arrays.stream(Way.values())
                    .map(each -> results.get(each.key()))
                    .flatMap(result -> result == null ? Stream.empty() : Stream.of(result))
                    .toList();
            Files.writeString(file, json.writeValueAsString(all));
            Files.writeString(options.directory().resolve("waste.md"), table(all));
            Files.writeString(options.directory().resolve("waste.svg"), WastePicture.of(all));
            System.out.println(table(all));
        }
    }

    private static String table(List<Waste.Result> results) {
        StringBuilder table = new StringBuilder("| " + Waste.CLIENTS + " clients, messages of "
                + results.getFirst().bare()
                + " B | bytes for each delivery, 1 a minute | 10 a second | server CPU µs for each delivery, 1 a minute"
                + " | 10 a second |\n|---|---:|---:|---:|---:|\n");
        for (Waste.Result result : results) {
            List<Double> figures = new ArrayList<>();
            for (Cost cost : List.of(result.rare(), result.often())) {
                figures.add(cost.bytes());
            }
            for (Cost cost : List.of(result.rare(), result.often())) {
                figures.add(cost.cpuMicros());
            }
            table.append("| ").append(title(result));
            figures.forEach(figure -> table.append(" | ").append(MarkdownReport.number(figure)));
            table.append(" |\n");
        }
        return table.toString();
    }

    static String title(Waste.Result result) {
        return Arrays.stream(Way.values())
                .filter(way -> way.key().equals(result.way()))
                .map(Way::title)
                .findFirst()
                .orElse(result.way());
    }
}
