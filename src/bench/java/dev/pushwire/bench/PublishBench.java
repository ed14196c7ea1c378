package dev.pushwire.bench;

import dev.pushwire.bench.ways.Posts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures what publishing by HTTP costs Pushwire, a bare Tomcat, and nchan. The servers take turns, in a new process
 * each time.
 */
final class PublishBench {
    private static final List<ToDoubleFunction<Posts.Result>> FIGURES =
            List.of(Posts.Result::first, Posts.Result::paced, Posts.Result::closed);

    private PublishBench() {}

    static void run(Options options) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(options.directory().resolve("log"));
        List<Posts.Result> results = new ArrayList<>();
        for (int repeat = 1; repeat <= options.repeats(); repeat++) {
            for (PublishServer contender : options.publish()) {
                if (!contender.isThere()) {
                    System.out.println("Not on this machine: " + contender.title());
                    continue;
                }
                int port = ServerProcess.freePort();
                Path log = logs.resolve("publish-" + contender.key() + "-" + repeat + ".log");
                try (ServerProcess server =
                        ServerProcess.start(contender.title(), contender.command(options, port), port, log)) {
                    results.add(Posts.of(
                            contender.title(),
                            server.pid(),
                            port,
                            contender.sending(),
                            options.warmupSeconds(),
                            options.seconds()));
                }
                Files.writeString(options.directory().resolve("publish.md"), table(options, results));
            }
            System.out.println(table(options, results));
        }
    }

    private static String table(Options options, List<Posts.Result> results) {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, """
                | server CPU µs for each request | the first %,d | %,d a second | as fast as answered |
                |---|---:|---:|---:|
                """, Posts.FIRST, Posts.PER_SECOND));
        for (PublishServer server : options.publish()) {
            List<Posts.Result> runs = results.stream()
                    .filter(result -> result.server().equals(server.title()))
                    .toList();
            if (!runs.isEmpty()) {
                table.append("| ").append(server.title());
                for (ToDoubleFunction<Posts.Result> figure : FIGURES) {
                    double median = Median.of(runs, figure);
                    table.append(" | ").append(MarkdownReport.number(median)).append(ratio(results, median, figure));
                }
                table.append(" |\n");
            }
        }
        return table.toString();
    }

    /** The ratio to nchan, in parentheses; empty if nchan was not measured, or took less than a tick of the clock. */
    private static String ratio(List<Posts.Result> results, double median, ToDoubleFunction<Posts.Result> figure) {
        List<Posts.Result> nchan = results.stream()
                .filter(result -> result.server().equals(PublishServer.NCHAN.title()))
                .toList();
        double one = nchan.isEmpty() ? 0 : Median.of(nchan, figure);
        return one == 0 ? "" : String.format(Locale.ROOT, " (%.1f)", median / one);
    }
}
