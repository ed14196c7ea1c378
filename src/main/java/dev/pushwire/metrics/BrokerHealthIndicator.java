package dev.pushwire.metrics;

import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the broker can be reached. It belongs neither to liveness nor to readiness: no restart helps, and subscribers
 * are better off where they are.
 */
public final class BrokerHealthIndicator implements HealthIndicator {
    private final BooleanSupplier available;

    public BrokerHealthIndicator(BooleanSupplier available) {
        this.available = available;
    }

    @Override
    public Health health() {
        return available.getAsBoolean()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "the broker cannot be reached: nothing is published, subscribers stay")
                        .build();
    }
}
