package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
    private final TopicRules rules = new TopicRules(List.of(
            policy("open.>", Access.PUBLIC, Access.PUBLIC),
            policy("members.*", Access.AUTHENTICATED, Access.AUTHENTICATED),
            policy("tokens.>", Access.CLAIMS, Access.CLAIMS),
            policy("open.later", Access.NONE, Access.NONE),
            policy("closed", Access.NONE, Access.NONE)));

    private static TopicPolicy policy(String pattern, Access subscribe, Access publish) {
        return new TopicPolicy(
                new TopicPattern(pattern),
                Retention.NONE,
                PresencePolicy.NONE,
                subscribe,
                publish,
                SlowConsumers.CLOSE);
    }

    @Test
    void theFirstPolicyThatMatchesHolds() {
        assertThat(rules.of(new TopicName("open.later")).pattern()).isEqualTo(new TopicPattern("open.>"));
        assertThat(rules.of(new TopicName("something"))).isEqualTo(TopicPolicy.DEFAULT);
    }
}
