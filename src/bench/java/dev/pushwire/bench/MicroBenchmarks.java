package dev.pushwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures single steps of the hot path, each next to the obvious alternative, and what each of them allocates. */
final class MicroBenchmarks {
    private static final int ROUNDS = 5;

    private MicroBenchmarks() {}

    static void run(Options options) throws RunnerException, IOException {
        Path directory = Files.createDirectories(options.directory());
        TimeValue round = TimeValue.milliseconds((long) (options.seconds() * 1000 / ROUNDS));
        TimeValue warmup = TimeValue.milliseconds((long) (options.warmupSeconds() * 1000 / ROUNDS));
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("dev\\.pushwire\\..*Benchmark\\..*")
                        .jvmArgs(options.flags().toArray(String[]::new))
                        .forks(options.repeats())
                        .warmupIterations(ROUNDS)
                        .warmupTime(warmup)
                        .measurementIterations(ROUNDS)
                        .measurementTime(round)
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(directory.resolve("micro.json").toString())
                        .build())
                .run();
        String table = table(results);
        Files.writeString(directory.resolve("micro.md"), table);
        System.out.println(table);
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder table =
                new StringBuilder("| step | way | with | ns | ± | bytes allocated |\n|---|---|---|---:|---:|---:|\n");
        for (RunResult result : results) {
            String[] name = result.getParams().getBenchmark().split("\\.");
            Result<?> time = result.getPrimaryResult();
            Map<String, ?> secondary = result.getSecondaryResults();
            Result<?> bytes = (Result<?>) secondary.get("gc.alloc.rate.norm");
            StringBuilder with = new StringBuilder();
            for (String key : result.getParams().getParamsKeys()) {
                with.append(key)
                        .append(' ')
                        .append(result.getParams().getParam(key))
                        .append(' ');
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s |%n",
                    name[name.length - 2].replace("Benchmark", ""),
                    name[name.length - 1],
                    with.toString().strip(),
                    MarkdownReport.number(time.getScore()),
                    MarkdownReport.number(time.getScoreError()),
                    bytes == null ? "" : MarkdownReport.number(bytes.getScore())));
        }
        return table.toString();
    }
}
