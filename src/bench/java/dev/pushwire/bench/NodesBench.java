package dev.pushwire.bench;

import dev.pushwire.bench.lines.TwoNodes;
import dev.pushwire.bench.lines.TwoNodes.Pids;
import dev.pushwire.bench.lines.TwoNodes.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a publication costs that goes from one node over Redis to another. Each rate gets new nodes and a new
 * Redis.
 */
final class NodesBench {
    /** Publications per second. */
    static final List<Integer> RATES = List.of(2000, 5000);

    private static final List<String> SETTINGS =
            List.of("--pushwire.topics[0].name=*", "--pushwire.topics[0].publish=public");

    private NodesBench() {}

    static void run(Options options) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(options.directory().resolve("log"));
        List<Result> results = new ArrayList<>();
        for (int repeat = 1; repeat <= options.repeats(); repeat++) {
            for (int rate : options.nodes()) {
                results.add(measure(options, rate, logs.resolve("nodes-" + rate + "-" + repeat)));
                Files.writeString(options.directory().resolve("nodes.md"), table(options, results));
            }
            System.out.println(table(options, results));
        }
    }

    private static Result measure(Options options, int rate, Path log) throws IOException, InterruptedException {
        try (RedisProcess redis = RedisProcess.start(log)) {
            List<String> settings = new ArrayList<>(redis.settings());
            settings.addAll(SETTINGS);
            try (ServerProcess one = ServerProcess.startReady(
                            options, settings, log.resolveSibling(log.getFileName() + ".publishing.log"));
                    ServerProcess other = ServerProcess.startReady(
                            options, settings, log.resolveSibling(log.getFileName() + ".delivering.log"))) {
                Pids pids = new Pids(one.pid(), other.pid(), redis.pid());
                return TwoNodes.of(pids, one.port(), other.port(), rate);
            }
        }
    }

    private static String table(Options options, List<Result> results) {
        StringBuilder table = new StringBuilder("""
                | CPU for each publication | the node that publishes | the node that delivers | Redis |
                |---|---:|---:|---:|
                """);
        for (int rate : options.nodes()) {
            List<Result> runs =
                    results.stream().filter(run -> run.perSecond() == rate).toList();
            if (!runs.isEmpty()) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %,d a second | %s µs | %s µs | %s µs |%n",
                        rate,
                        MarkdownReport.number(Median.of(runs, Result::publishing)),
                        MarkdownReport.number(Median.of(runs, Result::delivering)),
                        MarkdownReport.number(Median.of(runs, Result::redis))));
            }
        }
        return table.toString();
    }
}
