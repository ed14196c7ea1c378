package dev.pushwire.metrics;

import dev.pushwire.audit.Outcome;
import dev.pushwire.audit.RefusalListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts refused callers of the HTTP API. All counters exist from the start. */
public final class RefusedCallers implements RefusalListener {
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    public RefusedCallers(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.isRefusal()) {
                counters.put(outcome, WebSocketMeter.API_REFUSED.counter(registry, outcome.word()));
            }
        }
    }

    @Override
    public void refused(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }
}
