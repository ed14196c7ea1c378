package dev.pushwire.metrics;

import dev.pushwire.broker.MemoryBroker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters of what topics in memory remember. */
public final class HistoryMeters implements MeterBinder {
    private final MemoryBroker broker;

    public HistoryMeters(MemoryBroker broker) {
        this.broker = broker;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(WebSocketMeter.HISTORY.meterName(), broker, MemoryBroker::memory)
                .description(WebSocketMeter.HISTORY.description())
                .baseUnit(WebSocketMeter.HISTORY.unit())
                .register(registry);
        Gauge.builder(WebSocketMeter.TOPICS_KEPT.meterName(), broker, MemoryBroker::topics)
                .description(WebSocketMeter.TOPICS_KEPT.description())
                .register(registry);
        FunctionCounter.builder(WebSocketMeter.HISTORY_EVICTED.meterName(), broker, MemoryBroker::evicted)
                .description(WebSocketMeter.HISTORY_EVICTED.description())
                .register(registry);
    }
}
