package dev.pushwire.metrics;

import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts how often clients reached limits. All counters exist from the start. */
public final class LimitMeters implements LimitListener {
    private final Map<Limit, Counter> counters = new EnumMap<>(Limit.class);

    public LimitMeters(MeterRegistry registry) {
        for (Limit limit : Limit.values()) {
            String name = limit.name().toLowerCase(Locale.ROOT);
            counters.put(limit, WebSocketMeter.LIMITS_EXCEEDED.counter(registry, name));
        }
    }

    @Override
    public void exceeded(Limit limit) {
        Objects.requireNonNull(counters.get(limit)).increment();
    }
}
