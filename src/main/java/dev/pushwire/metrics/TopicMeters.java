package dev.pushwire.metrics;

import dev.pushwire.push.Hub;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Meters of topics, which the hub counts. */
final class TopicMeters implements MeterBinder {
    private final Hub hub;

    TopicMeters(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, WebSocketMeter.TOPICS_ACTIVE, Hub::activeTopics);
        gauge(registry, WebSocketMeter.TOPICS_HELD, Hub::heldTopics);
        gauge(registry, WebSocketMeter.TOPICS_LIMIT, Hub::mostTopics);
        gauge(registry, WebSocketMeter.SUBSCRIPTIONS_ACTIVE, Hub::activeSubscriptions);
        gauge(registry, WebSocketMeter.PATTERNS_ACTIVE, Hub::activePatterns);
        counter(registry, WebSocketMeter.PUBLICATIONS, Hub::publications);
        counter(registry, WebSocketMeter.DELIVERIES, Hub::deliveries);
    }

    private void gauge(MeterRegistry registry, WebSocketMeter meter, ToDoubleFunction<Hub> value) {
        Gauge.builder(meter.meterName(), hub, value)
                .description(meter.description())
                .register(registry);
    }

    private void counter(MeterRegistry registry, WebSocketMeter meter, ToDoubleFunction<Hub> value) {
        FunctionCounter.builder(meter.meterName(), hub, value)
                .description(meter.description())
                .register(registry);
    }
}
