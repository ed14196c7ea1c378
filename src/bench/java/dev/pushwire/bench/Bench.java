package dev.pushwire.bench;

import dev.pushwire.bench.load.Job;
import dev.pushwire.bench.load.Measurement;
import dev.pushwire.bench.load.Measurement.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The main class of {@code ./mvnw -Pbench verify}. */
public final class Bench {
    private final Options options;
    private final Path logs;

    private Bench(Options options) throws IOException {
        this.options = options;
        this.logs = Files.createDirectories(options.directory().resolve("log"));
    }

    /**
     * Runs the measurements.
     *
     * @param arguments see {@link Options}
     */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        if (options.micro()) {
            MicroBenchmarks.run(options);
            return;
        }
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IllegalStateException("The benchmark reads /proc, and so it needs Linux");
        }
        if (!options.waste().isEmpty()) {
            WasteBench.run(options);
            return;
        }
        if (!options.doors().isEmpty()) {
            DoorsBench.run(options);
            return;
        }
        if (!options.publish().isEmpty()) {
            PublishBench.run(options);
            return;
        }
        if (!options.tls().isEmpty()) {
            TlsBench.run(options);
            return;
        }
        if (!options.crowd().isEmpty()) {
            CrowdBench.run(options);
            return;
        }
        if (!options.nodes().isEmpty()) {
            NodesBench.run(options);
            return;
        }
        Bench bench = new Bench(options);
        System.exit((options.profile() ? bench.profile() : bench.compare()) ? 0 : 1);
    }

    /** @return whether all of Pushwire's runs count */
    private boolean compare() throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>(options.peers());
        if (peers.contains(Peer.NODE_WS) && !NodePeer.prepare(options)) {
            say("There is no node, or npm ci failed: it goes without " + Peer.NODE_WS.title());
            peers.remove(Peer.NODE_WS);
        }
        Results results = new Results(Environment.of(options, peers));
        for (Scenario scenario : options.scenarios()) {
            for (int repeat = 1; repeat <= options.repeats(); repeat++) {
                for (Peer peer : scenario.isOurOwn() ? List.of(Peer.PUSHWIRE) : peers) {
                    Measurement measurement = run(scenario, peer, repeat);
                    results.add(scenario, peer, repeat, measurement);
                    say(line(scenario, peer, measurement));
                    write(results); // after each run, so that an interrupted measurement leaves results
                }
            }
        }
        say(MarkdownReport.of(results));
        say("Written to " + options.directory() + ": results.json, results.md, ratios.svg");
        return results.runs().stream()
                .noneMatch(run -> run.peer().equals(Peer.PUSHWIRE.key())
                        && run.measurement().outcome() == Outcome.VOID);
    }

    private Measurement run(Scenario scenario, Peer peer, int repeat) throws IOException, InterruptedException {
        String name = scenario.name() + "-" + peer.key() + "-" + repeat;
        try (ServerProcess server = ServerProcess.start(peer, options, scenario, logs.resolve(name + ".server.log"))) {
            return LoadProcess.run(job(scenario, server), logs.resolve(name + ".client.log"), () -> {});
        } catch (IOException e) {
            return Measurement.failed(Outcome.VOID, e.getMessage());
        }
    }

    private Job job(Scenario scenario, ServerProcess server) {
        return new Job(
                scenario.shape(),
                server.pid(),
                server.redisPid(),
                server.port(),
                scenario.path(),
                options.warmupSeconds(),
                options.seconds());
    }

    /** Profiles Pushwire alone. */
    private boolean profile() throws IOException, InterruptedException {
        StringBuilder report = new StringBuilder();
        boolean good = true;
        for (Scenario scenario : options.scenarios()) {
            String name = scenario.name() + "-profile";
            Path stacks = options.directory().resolve("profile-" + scenario.name() + ".collapsed");
            try (ServerProcess server =
                    ServerProcess.start(Peer.PUSHWIRE, options, scenario, logs.resolve(name + ".server.log"))) {
                Profiler profiler = new Profiler(server.pid(), options.seconds(), stacks);
                Measurement measurement =
                        LoadProcess.run(job(scenario, server), logs.resolve(name + ".client.log"), profiler::start);
                good &= measurement.outcome() != Outcome.VOID;
                report.append(profiler.report(scenario, measurement));
            }
            say(report.toString());
            Files.writeString(options.directory().resolve("profile.md"), report);
        }
        return good;
    }

    private void write(Results results) throws IOException {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Path directory = options.directory();
        Files.writeString(
                directory.resolve("results.json"),
                json.writeValueAsString(new Report(results.environment(), results.runs())));
        Files.writeString(directory.resolve("results.md"), MarkdownReport.of(results));
        Files.writeString(directory.resolve("ratios.svg"), RatioPicture.of(results));
    }

    /** The content of results.json. */
    record Report(Environment environment, List<Result> runs) {}

    private static String line(Scenario scenario, Peer peer, Measurement measurement) {
        String head = String.format(Locale.ROOT, "%-18s %-12s ", scenario.name(), peer.key());
        return head
                + switch (measurement.outcome()) {
                    case OK ->
                        String.format(
                                Locale.ROOT,
                                "%,12.0f/s  %10s µs CPU each  p99 %10s µs  client %3.0f %%  others %.2f",
                                measurement.perSecond(),
                                MarkdownReport.number(measurement.cpuPerMessage()),
                                MarkdownReport.number(measurement.latency().p99()),
                                100 * measurement.clientBusy(),
                                measurement.othersBusy());
                    case NOT_NEGOTIATED -> "did not negotiate permessage-deflate";
                    case VOID -> "VOID: " + measurement.error();
                };
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
