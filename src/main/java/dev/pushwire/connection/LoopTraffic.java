package dev.pushwire.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** What went through one event loop since it started, by what carries its connections ({@link EndpointBinding#transport}). Thread-safe. */
public final class LoopTraffic {
    private final Map<String, TrafficCounters> byTransport = new ConcurrentHashMap<>();

    /** The counters of one transport; for the loop's thread to count with, and for any to read. */
    public TrafficCounters of(String transport) {
        return byTransport.computeIfAbsent(transport, _ -> new TrafficCounters());
    }

    /** One number for all transports together. */
    public long sum(ToLongFunction<TrafficCounters> count) {
        return byTransport.values().stream().mapToLong(count).sum();
    }
}
