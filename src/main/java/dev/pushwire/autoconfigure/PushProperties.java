package dev.pushwire.autoconfigure;

import dev.pushwire.push.SubscriptionLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connections to {@code /push}.
 *
 * @param enabled whether the endpoint exists
 * @param maxSubscriptions topics that one connection may be subscribed to by name at a time
 * @param maxPatterns patterns with wildcards that one connection may be subscribed to at a time
 * @param traceContext whether a publication names its trace: the traceparent of the HTTP request that made it
 * @param http sessions without a WebSocket
 */
@ConfigurationProperties("pushwire.push")
public record PushProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1000") int maxSubscriptions,
        @DefaultValue("100") int maxPatterns,
        @DefaultValue("false") boolean traceContext,
        @DefaultValue Http http) {
    public PushProperties {
        require(maxSubscriptions >= 1, "max-subscriptions must be at least 1", maxSubscriptions);
        require(maxPatterns >= 0, "max-patterns must be 0 for none, or more", maxPatterns);
    }

    SubscriptionLimits subscriptions() {
        return new SubscriptionLimits(maxSubscriptions, maxPatterns);
    }

    /**
     * Sessions by HTTP requests alone.
     *
     * @param enabled whether {@code POST /push} opens a session
     * @param pollTimeout how long a client may stay away between two polls
     * @param maxPolled polled sessions of this node at a time
     */
    public record Http(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("30s") Duration pollTimeout,
            @DefaultValue("10000") int maxPolled) {
        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofMinutes(10);

        public Http {
            if (pollTimeout.compareTo(SHORTEST) < 0 || pollTimeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "pushwire.push.http.poll-timeout must be from 1s to 10m, but is " + pollTimeout);
            }
            require(maxPolled >= 0, "http.max-polled must be 0 for none, or more", maxPolled);
        }
    }

    private static void require(boolean holds, String rule, int value) {
        if (!holds) {
            throw new IllegalArgumentException("pushwire.push." + rule + ", but is " + value);
        }
    }
}
