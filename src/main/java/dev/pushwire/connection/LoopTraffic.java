package dev.pushwire.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** The traffic of one event loop since it started, by transport ({@link EndpointBinding#transport}). Thread-safe. */
public final class LoopTraffic {
    private final Map<String, TrafficCounters> byTransport = new ConcurrentHashMap<>();

    /** The counters of one transport. The loop's thread counts, and any thread may read. */
    public TrafficCounters of(String transport) {
        return byTransport.computeIfAbsent(transport, _ -> new TrafficCounters());
    }

    /** A sum over all transports. */
    public long sum(ToLongFunction<TrafficCounters> count) {
        return byTransport.values().stream().mapToLong(count).sum();
    }
}
