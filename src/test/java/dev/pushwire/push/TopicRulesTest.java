package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
    private final TopicRules rules = new TopicRules(List.of(
            policy("open.>", AccessRule.PUBLIC, AccessRule.PUBLIC),
            policy("members.*", AccessRule.AUTHENTICATED, AccessRule.AUTHENTICATED),
            policy("tokens.>", AccessRule.CLAIMS, AccessRule.CLAIMS),
            policy("open.later", AccessRule.NONE, AccessRule.NONE),
            policy("closed", AccessRule.NONE, AccessRule.NONE)));

    private static TopicPolicy policy(String pattern, AccessRule subscribe, AccessRule publish) {
        return new TopicPolicy(
                new TopicPattern(pattern),
                Retention.NONE,
                PresencePolicy.NONE,
                subscribe,
                publish,
                OverflowPolicy.CLOSE);
    }

    @Test
    void theFirstPolicyThatMatchesHolds() {
        assertThat(rules.of(new TopicName("open.later")).pattern()).isEqualTo(new TopicPattern("open.>"));
        assertThat(rules.of(new TopicName("something"))).isEqualTo(TopicPolicy.DEFAULT);
    }
}
