package dev.pushwire.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.IntSupplier;

/** Meters of the revocations of all nodes. */
public final class RevocationMeters implements MeterBinder {
    private final IntSupplier kept;
    private final int most;

    /**
     * @param kept how many revocations are kept
     * @param most how many may be kept
     */
    public RevocationMeters(IntSupplier kept, int most) {
        this.kept = kept;
        this.most = most;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(WebSocketMeter.REVOCATIONS.meterName(), kept, IntSupplier::getAsInt)
                .description(WebSocketMeter.REVOCATIONS.description())
                .register(registry);
        Gauge.builder(WebSocketMeter.REVOCATIONS_LIMIT.meterName(), () -> most)
                .description(WebSocketMeter.REVOCATIONS_LIMIT.description())
                .register(registry);
    }
}
