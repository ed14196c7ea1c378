package dev.pushwire.api;

import dev.pushwire.access.TokenPrincipal;
import dev.pushwire.broker.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * Which user's connections to subscribe to what.
 *
 * @param topic a topic or a pattern
 */
record SubscriptionRequest(
        @Nullable String principal, @Nullable String topic) {
    /** The rule for a subscription, in a sentence for a caller that broke it. */
    static final String EXPECTED =
            "A subscription is {\"principal\": \"<sub claim>\", \"topic\": \"<a topic or a pattern>\"}, the principal with 1 to "
                    + TokenPrincipal.MAX_NAME + " characters.";

    boolean isWhole() {
        return principal != null && topic != null && TokenPrincipal.isName(principal) && TopicPattern.isValid(topic);
    }
}
