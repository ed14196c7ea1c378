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

/** Whether the ways to the broker stand, and how far this node is behind. */
public final class BrokerLinkMeters implements MeterBinder {
    private final List<BrokerLink> links;
    private final Supplier<Duration> lag;

    public BrokerLinkMeters(List<BrokerLink> links, Supplier<Duration> lag) {
        this.links = links;
        this.lag = lag;
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
    }
}
