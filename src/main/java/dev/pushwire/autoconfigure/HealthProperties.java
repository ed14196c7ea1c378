package dev.pushwire.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the service reports that it is not well.
 *
 * @param stuckLoopAfter how long an event loop may take for one pass before liveness fails. An endpoint that blocks its
 *     loop causes that. A restart helps, and costs every connection
 */
@ConfigurationProperties("pushwire.health")
public record HealthProperties(@DefaultValue("5s") Duration stuckLoopAfter) {
    /** An idle loop turns about once a second. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    public HealthProperties {
        if (stuckLoopAfter.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "pushwire.health.stuck-loop-after must be at least 2s, but is " + stuckLoopAfter);
        }
    }
}
