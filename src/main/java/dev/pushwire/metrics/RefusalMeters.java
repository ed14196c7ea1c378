package dev.pushwire.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.LongSupplier;

/** Meters of what Redis has refused. */
public final class RefusalMeters implements MeterBinder {
    private final LongSupplier refused;

    /** @param refused how often Redis has refused a command for lack of memory, since this node started */
    public RefusalMeters(LongSupplier refused) {
        this.refused = refused;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(WebSocketMeter.BROKER_REFUSED.meterName(), refused, LongSupplier::getAsLong)
                .description(WebSocketMeter.BROKER_REFUSED.description())
                .register(registry);
    }
}
