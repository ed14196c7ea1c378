package dev.pushwire.api;

import dev.pushwire.access.TokenPrincipal;
import dev.pushwire.broker.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose connections are to be subscribed to what.
 *
 * @param topic or a pattern
 */
record SubscriptionRequest(
        @Nullable String principal, @Nullable String topic) {
    /** What one looks like, in a sentence for a caller that sent something else. */
    static final String EXPECTED =
            "A subscription is {\"principal\": \"<sub claim>\", \"topic\": \"<a topic or a pattern>\"}, the principal with 1 to "
                    + TokenPrincipal.MAX_NAME + " characters.";

    boolean isWhole() {
        return principal != null && topic != null && TokenPrincipal.isName(principal) && TopicPattern.isValid(topic);
    }
}
