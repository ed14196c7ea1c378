package dev.pushwire.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Meters of the links to the broker: whether they are up, how far this node is behind, and what waits. */
public final class BrokerLinkMeters implements MeterBinder {
    private final List<BrokerLink> links;
    private final Supplier<Duration> lag;
    private final BrokerBacklog backlog;

    public BrokerLinkMeters(List<BrokerLink> links, Supplier<Duration> lag, BrokerBacklog backlog) {
        this.links = links;
        this.lag = lag;
        this.backlog = backlog;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (BrokerLink link : links) {
            Gauge.builder(
                            WebSocketMeter.BROKER_UP.meterName(),
                            link,
                            each -> each.up().getAsBoolean() ? 1 : 0)
                    .description(WebSocketMeter.BROKER_UP.description())
                    .tags(WebSocketMeter.BROKER_UP.tags(link.name()))
                    .register(registry);
            FunctionCounter.builder(
                            WebSocketMeter.BROKER_RECONNECTS.meterName(),
                            link,
                            each -> each.reconnects().getAsLong())
                    .description(WebSocketMeter.BROKER_RECONNECTS.description())
                    .tags(WebSocketMeter.BROKER_RECONNECTS.tags(link.name()))
                    .register(registry);
        }
        TimeGauge.builder(
                        WebSocketMeter.BROKER_LAG.meterName(),
                        lag,
                        TimeUnit.NANOSECONDS,
                        each -> each.get().toNanos())
                .description(WebSocketMeter.BROKER_LAG.description())
                .register(registry);
        waiting(
                registry,
                WebSocketMeter.BROKER_TOPICS_BEHIND,
                waiting -> waiting.topicsBehind().getAsInt());
        waiting(
                registry,
                WebSocketMeter.BROKER_WAITING,
                waiting -> waiting.waitingBytes().getAsLong());
        waiting(
                registry,
                WebSocketMeter.BROKER_QUESTIONS_WAITING,
                waiting -> waiting.questions().getAsInt());
    }

    private void waiting(MeterRegistry registry, WebSocketMeter meter, ToDoubleFunction<BrokerBacklog> value) {
        Gauge.builder(meter.meterName(), backlog, value)
                .description(meter.description())
                .baseUnit(meter.unit().isEmpty() ? null : meter.unit())
                .register(registry);
    }
}
