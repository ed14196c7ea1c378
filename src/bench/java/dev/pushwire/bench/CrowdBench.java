package dev.pushwire.bench;

import dev.pushwire.bench.lines.Lines;
import dev.pushwire.bench.load.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what it costs over Redis when a crowd comes at once, each client with its own topic: first to a new process,
 * and then again.
 */
final class CrowdBench {
    private static final int AT_A_TIME = 1000;
    private static final List<String> CROWDS = List.of("first", "second", "third");
    /** After this time, a node knows that a crowd has gone, and has told Redis. */
    private static final int UNTIL_GONE_MILLIS = 8000;

    private CrowdBench() {}

    /**
     * @param crowd which of {@link #CROWDS}
     * @param seconds until all clients were connected
     * @param comes the service's CPU in µs for each client that comes
     * @param goes the same for one that goes
     * @param redis Redis' CPU in µs for each client that comes
     */
    private record Result(RedisPlace place, String crowd, double seconds, double comes, double goes, double redis) {}

    /** The time, and the CPU used so far, in seconds. */
    private record Moment(double time, double service, double redis) {
        static Moment of(ServerProcess server, RedisProcess redis) throws IOException {
            return new Moment(
                    System.nanoTime() / 1e9,
                    Proc.cpu(server.pid()).total(),
                    Proc.cpu(redis.pid()).total());
        }
    }

    static void run(Options options) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(options.directory().resolve("log"));
        List<Result> results = new ArrayList<>();
        for (int repeat = 1; repeat <= options.repeats(); repeat++) {
            for (RedisPlace place : options.crowd()) {
                Path log = logs.resolve("crowd-" + place.key() + "-" + repeat + ".log");
                measure(options, place, log, results);
                Files.writeString(options.directory().resolve("crowd.md"), table(options, results));
            }
            System.out.println(table(options, results));
        }
    }

    private static void measure(Options options, RedisPlace place, Path log, List<Result> results)
            throws IOException, InterruptedException {
        try (RedisProcess redis = RedisProcess.start(log);
                Relay relay = place.relay(redis);
                ServerProcess server = ServerProcess.startReady(
                        options, RedisProcess.settings(relay == null ? redis.port() : relay.port()), log)) {
            for (String crowd : CROWDS) {
                Moment before = Moment.of(server, redis);
                Moment in;
                try (Lines lines = new Lines()) {
                    lines.open(server.port(), "/topics/bench-" + crowd + "-", options.clients(), AT_A_TIME);
                    in = Moment.of(server, redis);
                }
                Thread.sleep(UNTIL_GONE_MILLIS);
                Moment gone = Moment.of(server, redis);
                double each = 1e6 / options.clients();
                results.add(new Result(
                        place,
                        crowd,
                        in.time() - before.time(),
                        (in.service() - before.service()) * each,
                        (gone.service() - in.service()) * each,
                        (in.redis() - before.redis()) * each));
            }
        }
    }

    private static String table(Options options, List<Result> results) {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, """
                | %,d clients, %,d at a time | all are in after | service CPU for each that comes | for each that goes | Redis CPU for each that comes |
                |---|---:|---:|---:|---:|
                """, options.clients(), AT_A_TIME));
        for (RedisPlace place : options.crowd()) {
            for (String crowd : CROWDS) {
                List<Result> runs = results.stream()
                        .filter(run -> run.place() == place && run.crowd().equals(crowd))
                        .toList();
                if (!runs.isEmpty()) {
                    table.append(String.format(
                            Locale.ROOT,
                            "| %s, %s crowd | %s s | %s µs | %s µs | %s µs |%n",
                            place.title(),
                            crowd,
                            MarkdownReport.number(Median.of(runs, Result::seconds)),
                            MarkdownReport.number(Median.of(runs, Result::comes)),
                            MarkdownReport.number(Median.of(runs, Result::goes)),
                            MarkdownReport.number(Median.of(runs, Result::redis))));
                }
            }
        }
        return table.toString();
    }
}
