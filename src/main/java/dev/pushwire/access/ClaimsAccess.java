package dev.pushwire.access;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.AccessRule;
import dev.pushwire.push.TopicAccess;
import dev.pushwire.push.TopicPolicy;
import dev.pushwire.push.TopicRules;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a client may do on topics: the policy of the topic decides, or the client's token if the policy asks for
 * claims.
 */
public final class ClaimsAccess implements TopicAccess {
    private final TopicRules rules;
    private final boolean takesTokens;

    /** @param takesTokens whether the service checks tokens */
    public ClaimsAccess(TopicRules rules, boolean takesTokens) {
        this.rules = rules;
        this.takesTokens = takesTokens;
    }

    /** Every policy that applies to any of the topics must admit the client. */
    @Override
    public boolean maySubscribe(@Nullable Principal who, TopicPattern topics) {
        return rules.of(topics).stream().allMatch(policy -> maySubscribe(who, topics, policy));
    }

    private static boolean maySubscribe(@Nullable Principal who, TopicPattern topics, TopicPolicy policy) {
        return switch (policy.subscribe()) {
            case PUBLIC -> true;
            case AUTHENTICATED -> who != null;
            // The policy is only about topics that both patterns match. So a token that covers one of the patterns is
            // enough.
            case CLAIMS ->
                who instanceof TokenPrincipal token
                        && (token.subscribe().cover(topics) || token.subscribe().cover(policy.pattern()));
            case NONE -> false;
        };
    }

    @Override
    public List<TopicPattern> subscribedByServer(@Nullable Principal who) {
        return who instanceof TokenPrincipal token ? token.auto().patterns() : List.of();
    }

    @Override
    public boolean tokenMayLetSubscribe(TopicPattern topics) {
        return takesTokens && rules.of(topics).stream().noneMatch(policy -> policy.subscribe() == AccessRule.NONE);
    }

    @Override
    public boolean tokenMayLetPublish(TopicName topic) {
        return takesTokens && rules.of(topic).publish() != AccessRule.NONE;
    }

    @Override
    public boolean mayPublish(@Nullable Principal who, TopicName topic) {
        return switch (rules.of(topic).publish()) {
            case PUBLIC -> true;
            case AUTHENTICATED -> who != null;
            case CLAIMS ->
                who instanceof TokenPrincipal token && token.publish().cover(TopicPattern.exactly(topic));
            case NONE -> false;
        };
    }

    @Override
    public boolean neverWaits() {
        return true;
    }
}
