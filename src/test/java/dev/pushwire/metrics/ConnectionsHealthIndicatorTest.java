package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.ClientMemory;
import dev.pushwire.connection.ConnectionRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ConnectionsHealthIndicatorTest {
    private final ConnectionRegistry registry = new ConnectionRegistry(2);
    private final ConnectionsHealthIndicator indicator = new ConnectionsHealthIndicator(registry);

    @Test
    void belowTheLimitItIsUp() {
        registry.enter();
        Health health = indicator.health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("open", 1).containsEntry("limit", 2);
    }

    @Test
    void atTheLimitItIsFullUntilSomebodyLeaves() {
        registry.enter();
        registry.enter();
        assertThat(indicator.health().getStatus()).isEqualTo(ConnectionsHealthIndicator.FULL);
        assertThat(indicator.health().getDetails().get("reason")).asString().startsWith("full");
        registry.leave();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void withoutMemoryForOneMoreItIsFull() {
        ConnectionRegistry narrow = new ConnectionRegistry(2, new ClientMemory(1000), 500);
        narrow.enter();
        Health health = new ConnectionsHealthIndicator(narrow).health();
        assertThat(health.getStatus()).isEqualTo(ConnectionsHealthIndicator.FULL);
        assertThat(health.getDetails().get("reason")).asString().contains("heap");
    }

    @Test
    void whileDrainingItIsOutOfService() {
        registry.drain();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(indicator.health().getDetails().get("reason")).asString().startsWith("draining");
    }
}
