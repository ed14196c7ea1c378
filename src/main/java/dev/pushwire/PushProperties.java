package dev.pushwire;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connections to {@code /push}.
 *
 * @param maxSubscriptions topics and patterns that one connection may be subscribed to at a time
 */
@ConfigurationProperties("pushwire.push")
public record PushProperties(@DefaultValue("1000") int maxSubscriptions) {
    public PushProperties {
        if (maxSubscriptions < 1) {
            throw new IllegalArgumentException(
                    "pushwire.push.max-subscriptions must be at least 1, but is " + maxSubscriptions);
        }
    }
}
