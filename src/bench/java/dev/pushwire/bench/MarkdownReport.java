package dev.pushwire.bench;

import dev.pushwire.bench.load.Measurement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the figures as tables, in Markdown. */
final class MarkdownReport {
    private static final String NONE = "–";

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        MarkdownReport report = new MarkdownReport(results);
        report.environment();
        report.overview();
        results.scenarios().forEach(report::scenario);
        return report.text.toString();
    }

    private void environment() {
        Environment here = results.environment();
        line("Measured %s on %d processors (%s, %s), %s."
                .formatted(here.date(), here.processors(), here.processor(), here.memory(), here.kernel()));
        line("%s; flags of every JVM: `%s`.".formatted(here.jdk(), here.flags()));
        line(here.versions().entrySet().stream()
                .map(MarkdownReport::version)
                .collect(Collectors.joining(", ", "", ".")));
        line("%s, %s s after %s s of warm-up. Load average before: %s."
                .formatted(
                        here.repeats() == 1 ? "One run of each" : "Medians of " + here.repeats() + ", each",
                        number(here.seconds()),
                        number(here.warmupSeconds()),
                        number(here.busyBefore())));
    }

    private static String version(Map.Entry<String, String> entry) {
        return entry.getKey() + " " + entry.getValue();
    }

    /**
     * One row for each scenario, one column for each server. The best cell of a row is bold, whichever server it
     * belongs to.
     */
    private void overview() {
        List<Peer> peers = measuredPeers();
        line("");
        line("Server CPU for each message in µs, and in parentheses as a multiple of " + Results.YARDSTICK.title()
                + "'s:");
        line("");
        row("", peers.stream().map(Peer::title).toList());
        row("---", peers.stream().map(peer -> "---:").toList());
        for (Scenario scenario : results.scenarios()) {
            if (!scenario.isIdle()) {
                row(
                        scenario.title(),
                        peers.stream().map(peer -> cell(scenario, peer)).toList());
            }
        }
        for (Scenario scenario : results.scenarios()) {
            if (scenario.isIdle()) {
                row(
                        scenario.title() + ", heap and RAM each",
                        peers.stream().map(peer -> cell(scenario, peer)).toList());
            }
        }
    }

    private List<Peer> measuredPeers() {
        return List.of(Peer.values()).stream()
                .filter(peer -> results.scenarios().stream().anyMatch(scenario -> results.row(scenario, peer) != null))
                .toList();
    }

    private String cell(Scenario scenario, Peer peer) {
        Row row = results.row(scenario, peer);
        if (row == null) {
            return NONE;
        }
        if (!row.isGood()) {
            return row.all().getFirst().outcome() == Measurement.Outcome.NOT_NEGOTIATED ? "not negotiated" : "void";
        }
        String figure = scenario.isIdle() ? heap(row) + ", " + bytes(row.rssEach()) : number(row.cpuPerMessage());
        OptionalDouble ratio = results.ratio(scenario, peer);
        boolean other = peer != Results.YARDSTICK && ratio.isPresent();
        String cell = figure + (other ? " (" + number(ratio.getAsDouble()) + ")" : "");
        return peer == best(scenario) ? "**" + cell + "**" : cell;
    }

    /** The peer with the least CPU, or the least heap; null if none has a figure. */
    private @Nullable Peer best(Scenario scenario) {
        return measuredPeers().stream()
                .filter(peer -> cost(scenario, peer) < Double.POSITIVE_INFINITY)
                .min(Comparator.comparingDouble(peer -> cost(scenario, peer)))
                .orElse(null);
    }

    private double cost(Scenario scenario, Peer peer) {
        Row row = results.row(scenario, peer);
        if (row == null || !row.isGood()) {
            return Double.POSITIVE_INFINITY;
        }
        Double cost = scenario.isIdle() ? row.heapEach() : Double.valueOf(row.cpuPerMessage());
        return cost == null ? Double.POSITIVE_INFINITY : cost;
    }

    private void scenario(Scenario scenario) {
        line("");
        line("### " + scenario.title());
        line("");
        List<String> heads = new ArrayList<>(List.of(
                plural(scenario.unit()) + "/s",
                "p50 µs",
                "p99 µs",
                "p99.9 µs",
                "CPU µs each",
                "× " + Results.YARDSTICK.title()));
        heads.addAll(scenario.isIdle() ? List.of("heap each", "RAM each") : List.of("server RAM"));
        heads.addAll(List.of("client busy", "remarks"));
        row(scenario.name(), heads);
        row(
                "---",
                heads.stream()
                        .map(head -> head.equals("remarks") ? "---" : "---:")
                        .toList());
        Set<Peer> peers = results.peers(scenario);
        for (Peer peer : peers) {
            row(peer.title(), figures(scenario, peer));
        }
    }

    private static String plural(String unit) {
        return unit.endsWith("y") ? unit.substring(0, unit.length() - 1) + "ies" : unit + "s";
    }

    private List<String> figures(Scenario scenario, Peer peer) {
        Row row = Objects.requireNonNull(results.row(scenario, peer));
        List<String> cells = new ArrayList<>();
        if (row.isGood()) {
            cells.add(String.format(Locale.ROOT, "%,d", Math.round(row.median(Measurement::perSecond))));
            cells.add(number(row.median(run -> run.latency().p50())));
            cells.add(number(row.median(run -> run.latency().p99())));
            cells.add(number(row.median(run -> run.latency().p999())));
            cells.add(number(row.cpuPerMessage()));
            OptionalDouble ratio = results.ratio(scenario, peer);
            cells.add(ratio.isPresent() ? number(ratio.getAsDouble()) : NONE);
            if (scenario.isIdle()) {
                cells.add(heap(row));
                cells.add(bytes(row.rssEach()));
            } else {
                cells.add(bytes(row.median(Measurement::serverRss)));
            }
            cells.add(Math.round(100 * row.median(Measurement::clientBusy)) + " %");
        } else {
            cells.addAll(Collections.nCopies(scenario.isIdle() ? 9 : 8, NONE));
        }
        cells.add(row.remarks());
        return cells;
    }

    private static String heap(Row row) {
        Double heap = row.heapEach();
        return heap == null ? NONE : bytes(heap);
    }

    static String bytes(double bytes) {
        double size = bytes / 1024;
        return size < 1024 ? number(size) + " KB" : number(size / 1024) + " MB";
    }

    /** A number with three significant digits. */
    static String number(double value) {
        double size = Math.abs(value);
        return size == 0
                ? "0"
                : String.format(
                        Locale.ROOT,
                        size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : size >= 0.0995 ? "%.2f" : "%.3f",
                        value);
    }

    private void row(String head, List<String> cells) {
        line("| " + head + " | " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
