package dev.pushwire.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How nodes share topics.
 *
 * @param broker memory: each node has its own topics; redis: nodes share topics through Redis, which
 *     {@code spring.data.redis} finds
 */
@ConfigurationProperties("pushwire")
public record BrokerProperties(@DefaultValue("memory") Kind broker) {
    /** How nodes share topics. */
    public enum Kind {
        MEMORY,
        REDIS
    }
}
