package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How nodes share topics.
 *
 * @param broker memory: they do not, each has its own; redis: through Redis, which {@code spring.data.redis} says where to
 *     find
 */
@ConfigurationProperties("pushwire")
public record BrokerProperties(@DefaultValue("memory") Kind broker) {
    /** What a node can share topics through. */
    public enum Kind {
        MEMORY,
        REDIS
    }
}
