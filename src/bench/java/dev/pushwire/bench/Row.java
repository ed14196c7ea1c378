package dev.pushwire.bench;

import dev.pushwire.bench.load.Measurement;
import dev.pushwire.bench.load.Measurement.Idle;
import dev.pushwire.bench.load.Measurement.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one server in one scenario. Each is a median over the repeats that count.
 *
 * @param good the runs that count
 * @param all every run, void ones too
 */
record Row(List<Measurement> good, List<Measurement> all) {
    /** A thread of the client that is busy for more than this share of its time may be the limit. */
    private static final double CLIENT_LIMIT = 0.9;
    /** How much of one processor other programs may use. */
    private static final double OTHERS_LIMIT = 0.1;

    static Row of(List<Measurement> runs) {
        return new Row(runs.stream().filter(run -> run.outcome() == Outcome.OK).toList(), runs);
    }

    boolean isGood() {
        return !good.isEmpty();
    }

    double median(ToDoubleFunction<Measurement> figure) {
        return Median.of(good, figure);
    }

    double cpuPerMessage() {
        return median(Measurement::cpuPerMessage);
    }

    /** Bytes of live heap for each idle connection; null if the server cannot tell. */
    @Nullable
    Double heapEach() {
        boolean known = good.stream().map(Measurement::idle).allMatch(idle -> idle != null && idle.heap() != null);
        return known ? median(run -> Objects.requireNonNull(idle(run).heap())) : null;
    }

    /** Bytes of RAM for each idle connection. */
    double rssEach() {
        return median(run -> idle(run).rss());
    }

    private static Idle idle(Measurement run) {
        return Objects.requireNonNull(run.idle());
    }

    /** What else a reader must know. */
    String remarks() {
        StringBuilder remarks = new StringBuilder();
        Measurement first = all.getFirst();
        all.stream()
                .map(Measurement::error)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(error -> {
                    int failed = all.size() - good.size();
                    append(
                            remarks,
                            "**void" + (all.size() > 1 ? " " + failed + " of " + all.size() : "") + "**: " + error);
                });
        if (first.outcome() == Outcome.NOT_NEGOTIATED) {
            append(remarks, "not negotiated");
        }
        if (isGood()) {
            Measurement one = good.getFirst();
            if (one.extensions() != null) {
                append(
                        remarks,
                        one.extensions()
                                .replace("permessage-deflate; ", "")
                                .replace("permessage-deflate", "as offered"));
            }
            if (median(Measurement::clientBusy) > CLIENT_LIMIT) {
                append(remarks, "client-bound");
            }
            if (median(Measurement::othersBusy) > OTHERS_LIMIT) {
                append(remarks, "busy machine");
            }
            if (one.latency().sendLag() > 0) {
                String lag = MarkdownReport.number(median(run -> run.latency().sendLag()));
                append(remarks, "p99 of the client's own delay " + lag + " µs");
            }
            if (one.redisCpu().total() > 0) {
                append(
                        remarks,
                        "Redis itself " + MarkdownReport.number(median(Measurement::redisCpuPerMessage))
                                + " µs CPU each");
            }
            if (one.stuckDropped() > 0) {
                append(remarks, Math.round(median(Measurement::stuckDropped)) + " stuck ones given up");
            }
        }
        return remarks.toString();
    }

    private static void append(StringBuilder remarks, String remark) {
        remarks.append(remarks.isEmpty() ? "" : "; ").append(remark);
    }
}
