package dev.pushwire.metrics;

import dev.pushwire.broker.BoundedBroker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How this node's subscriptions with the broker go. All meters are there from the start. */
public final class BrokerMeters implements BoundedBroker.Listener {
    private final MeterRegistry registry;
    private final Timer subscriptions;
    private final Map<BoundedBroker.Failure, Counter> failures = new EnumMap<>(BoundedBroker.Failure.class);

    public BrokerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.subscriptions = WebSocketMeter.BROKER_SUBSCRIBE.timer(registry, Buckets.LATENCY);
        for (BoundedBroker.Failure failure : BoundedBroker.Failure.values()) {
            String name = failure.name().toLowerCase(Locale.ROOT);
            failures.put(failure, WebSocketMeter.BROKER_SUBSCRIBE_FAILURES.counter(registry, name));
        }
    }

    /** Registers how many wait. */
    public void observe(BoundedBroker broker) {
        Gauge.builder(WebSocketMeter.BROKER_SUBSCRIBES_WAITING.meterName(), broker, BoundedBroker::waiting)
                .description(WebSocketMeter.BROKER_SUBSCRIBES_WAITING.description())
                .register(registry);
    }

    @Override
    public void subscribed(long nanos) {
        subscriptions.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(BoundedBroker.Failure failure) {
        Objects.requireNonNull(failures.get(failure)).increment();
    }
}
