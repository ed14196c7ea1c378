package dev.pushwire.autoconfigure;

import dev.pushwire.push.SubscriptionLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connections to {@code /push}.
 *
 * @param enabled whether there is such an endpoint
 * @param maxSubscriptions topics that one connection may be subscribed to by name at a time
 * @param maxPatterns patterns with wildcards that one connection may be subscribed to at a time
 */
@ConfigurationProperties("pushwire.push")
public record PushProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1000") int maxSubscriptions,
        @DefaultValue("100") int maxPatterns) {
    public PushProperties {
        require(maxSubscriptions >= 1, "max-subscriptions must be at least 1", maxSubscriptions);
        require(maxPatterns >= 0, "max-patterns must be 0 for none, or more", maxPatterns);
    }

    SubscriptionLimits subscriptions() {
        return new SubscriptionLimits(maxSubscriptions, maxPatterns);
    }

    private static void require(boolean holds, String rule, int value) {
        if (!holds) {
            throw new IllegalArgumentException("pushwire.push." + rule + ", but is " + value);
        }
    }
}
