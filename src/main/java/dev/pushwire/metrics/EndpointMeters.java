package dev.pushwire.metrics;

import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_ACTIVE;
import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_CLOSED;
import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_OPENED;
import static dev.pushwire.metrics.WebSocketMeter.SESSION_DURATION;

import dev.pushwire.connection.Ending;
import dev.pushwire.protocol.CloseStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters of one endpoint over one transport, kept at hand: to ask the registry for a meter costs more than to
 * count.
 */
final class EndpointMeters {
    private final MeterRegistry registry;
    private final String endpoint;
    private final String transport;
    private final AtomicInteger active = new AtomicInteger();
    private final Counter opened;
    private final Timer duration;
    private final Map<Close, Counter> closes = new ConcurrentHashMap<>();

    private record Close(Class<? extends Ending> ending, int code) {}

    EndpointMeters(MeterRegistry registry, String endpoint, String transport) {
        this.registry = registry;
        this.endpoint = endpoint;
        this.transport = transport;
        this.opened = CONNECTIONS_OPENED.counter(registry, endpoint, transport);
        this.duration = SESSION_DURATION.timer(registry, Buckets.SESSION, endpoint, transport);
        Gauge.builder(CONNECTIONS_ACTIVE.meterName(), active, AtomicInteger::get)
                .description(CONNECTIONS_ACTIVE.description())
                .tags(CONNECTIONS_ACTIVE.tags(endpoint, transport))
                .register(registry);
    }

    /** Registers the series that may come: see {@link PreregisteredSeries}. */
    void foresee() {
        PreregisteredSeries.CLOSE_CODES.forEach((ending, codes) -> codes.forEach(code -> closes(ending, code)));
    }

    void opened() {
        active.incrementAndGet();
        opened.increment();
    }

    void lasted(long nanos) {
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }

    void closed(Ending ending, CloseStatus status) {
        active.decrementAndGet();
        closes(ending.getClass(), status.code()).increment();
    }

    private Counter closes(Class<? extends Ending> ending, int code) {
        return closes.computeIfAbsent(
                new Close(ending, code),
                _ -> CONNECTIONS_CLOSED.counter(registry, endpoint, transport, bounded(code), ending.getSimpleName()));
    }

    /** A peer may choose any of 2,000 private codes. As a tag they are two. */
    private static String bounded(int code) {
        return code < 3000 ? Integer.toString(code) : code / 1000 + "xxx";
    }
}
