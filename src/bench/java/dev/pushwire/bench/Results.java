package dev.pushwire.bench;

import dev.pushwire.bench.load.Measurement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All runs so far, with the figures that follow from them. */
final class Results {
    /** The peer that the others are compared with: the engine of most fast services in Java. */
    static final Peer YARDSTICK = Peer.NETTY_EPOLL;

    private final Environment environment;
    private final List<Result> runs = new ArrayList<>();
    private final Map<Scenario, Map<Peer, List<Measurement>>> table = new LinkedHashMap<>();

    Results(Environment environment) {
        this.environment = environment;
    }

    void add(Scenario scenario, Peer peer, int repeat, Measurement measurement) {
        runs.add(new Result(scenario.name(), peer.key(), repeat, measurement));
        table.computeIfAbsent(scenario, key -> new LinkedHashMap<>())
                .computeIfAbsent(peer, key -> new ArrayList<>())
                .add(measurement);
    }

    Environment environment() {
        return environment;
    }

    List<Result> runs() {
        return runs;
    }

    Collection<Scenario> scenarios() {
        return table.keySet();
    }

    /** The peers that were measured in a scenario. */
    Set<Peer> peers(Scenario scenario) {
        return table.getOrDefault(scenario, Map.of()).keySet();
    }

    /** A peer's figures in a scenario; null if there was no run. */
    @Nullable
    Row row(Scenario scenario, Peer peer) {
        List<Measurement> measured = table.getOrDefault(scenario, Map.of()).get(peer);
        return measured == null ? null : Row.of(measured);
    }

    /** A server's CPU for each message as a multiple of the yardstick's; for idle connections, its RAM for each. */
    OptionalDouble ratio(Scenario scenario, Peer peer) {
        Row row = row(scenario, peer);
        Row yardstick = row(scenario, YARDSTICK);
        if (row == null || yardstick == null || !row.isGood() || !yardstick.isGood()) {
            return OptionalDouble.empty();
        }
        double ratio = cost(scenario, row) / cost(scenario, yardstick);
        return ratio > 0 && Double.isFinite(ratio) ? OptionalDouble.of(ratio) : OptionalDouble.empty();
    }

    private static double cost(Scenario scenario, Row row) {
        return scenario.isIdle() ? row.rssEach() : row.cpuPerMessage();
    }
}
