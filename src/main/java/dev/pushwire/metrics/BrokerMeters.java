package dev.pushwire.metrics;

import dev.pushwire.broker.BoundedBroker;
import dev.pushwire.broker.TimedBroker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Meters of this node's calls to the broker, and of its subscriptions there. All meters exist from the start. */
public final class BrokerMeters implements BoundedBroker.Listener, TimedBroker.Listener {
    private final MeterRegistry registry;
    private final Timer subscriptions;
    private final Map<BoundedBroker.Failure, Counter> failures = new EnumMap<>(BoundedBroker.Failure.class);
    private final Map<TimedBroker.Operation, Timer> calls = new EnumMap<>(TimedBroker.Operation.class);
    private final Map<TimedBroker.Operation, Counter> failedCalls = new EnumMap<>(TimedBroker.Operation.class);

    public BrokerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.subscriptions = WebSocketMeter.BROKER_SUBSCRIBE.timer(registry, Buckets.LATENCY);
        for (BoundedBroker.Failure failure : BoundedBroker.Failure.values()) {
            String name = failure.name().toLowerCase(Locale.ROOT);
            failures.put(failure, WebSocketMeter.BROKER_SUBSCRIBE_FAILURES.counter(registry, name));
        }
        for (TimedBroker.Operation operation : TimedBroker.Operation.values()) {
            String name = operation.name().toLowerCase(Locale.ROOT);
            calls.put(operation, WebSocketMeter.BROKER_CALL.timer(registry, Buckets.LATENCY, name));
            failedCalls.put(operation, WebSocketMeter.BROKER_CALL_FAILURES.counter(registry, name));
        }
    }

    /** Registers how many callers wait. */
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

    @Override
    public void answered(TimedBroker.Operation operation, long nanos) {
        Objects.requireNonNull(calls.get(operation)).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(TimedBroker.Operation operation) {
        Objects.requireNonNull(failedCalls.get(operation)).increment();
    }
}
