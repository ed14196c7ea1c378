package dev.pushwire.metrics;

import dev.pushwire.connection.ConnectionRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the node takes a new connection, for readiness: new clients should go elsewhere, and present ones stay. It is
 * out of service if the service is about to stop. It is {@link #FULL} if there are as many connections as are allowed,
 * or the heap has no room for one more. That is no fault of the service as a whole. Spring Boot does not know this
 * status, and ignores it unless it is told to count it.
 */
public final class ConnectionsHealthIndicator implements HealthIndicator {
    /** There are as many connections as are allowed, or as the heap holds. */
    public static final Status FULL = new Status("FULL");

    private final ConnectionRegistry registry;

    public ConnectionsHealthIndicator(ConnectionRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Health health() {
        int open = registry.size();
        Health.Builder health = Health.up();
        if (registry.draining()) {
            health.outOfService().withDetail("reason", "draining: the service is about to stop");
        } else if (open >= registry.maxConnections()) {
            health.status(FULL)
                    .withDetail("reason", "full: as many connections as pushwire.websocket.max-connections allows");
        } else if (registry.shortOfMemory()) {
            health.status(FULL).withDetail("reason", "full: connections take as much of the heap as they may");
        }
        return health.withDetail("open", open)
                .withDetail("limit", registry.maxConnections())
                .build();
    }
}
