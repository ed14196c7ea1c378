package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Access as the topics' policies say, where nobody has claims: {@link Access#CLAIMS} lets nobody in. */
public final class PolicyAccess implements TopicAccess {
    private final TopicRules rules;

    public PolicyAccess(TopicRules rules) {
        this.rules = rules;
    }

    @Override
    public boolean maySubscribe(@Nullable Principal who, TopicPattern topics) {
        return rules.of(topics).stream().allMatch(policy -> permits(policy.subscribe(), who));
    }

    @Override
    public boolean mayPublish(@Nullable Principal who, TopicName topic) {
        return permits(rules.of(topic).publish(), who);
    }

    private static boolean permits(Access access, @Nullable Principal who) {
        return switch (access) {
            case PUBLIC -> true;
            case AUTHENTICATED -> who != null;
            case CLAIMS, NONE -> false;
        };
    }
}
