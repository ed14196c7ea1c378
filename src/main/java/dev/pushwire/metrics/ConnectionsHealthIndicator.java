package dev.pushwire.metrics;

import dev.pushwire.connection.ConnectionRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Out of service while no connection would be taken: when there are as many as are allowed, and when the service is about
 * to stop. For readiness: new clients should go elsewhere, those that are here stay.
 */
public final class ConnectionsHealthIndicator implements HealthIndicator {
    private final ConnectionRegistry registry;

    public ConnectionsHealthIndicator(ConnectionRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Health health() {
        int open = registry.size();
        boolean draining = registry.draining();
        boolean full = open >= registry.maxConnections();
        Health.Builder health = draining || full ? Health.outOfService() : Health.up();
        if (draining) {
            health.withDetail("reason", "draining: the service is about to stop");
        } else if (full) {
            health.withDetail("reason", "full: as many connections as pushwire.websocket.max-connections allows");
        }
        return health.withDetail("open", open)
                .withDetail("limit", registry.maxConnections())
                .build();
    }
}
