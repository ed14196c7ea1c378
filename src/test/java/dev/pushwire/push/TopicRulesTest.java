package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRulesTest {
    private static final Principal ADA = () -> "ada";

    private final TopicRules rules = new TopicRules(List.of(
            policy("open.>", Access.PUBLIC, Access.PUBLIC),
            policy("members.*", Access.AUTHENTICATED, Access.AUTHENTICATED),
            policy("tokens.>", Access.CLAIMS, Access.CLAIMS),
            policy("open.later", Access.NONE, Access.NONE),
            policy("closed", Access.NONE, Access.NONE)));
    private final TopicAccess access = new PolicyAccess(rules);

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

    @ParameterizedTest
    @CsvSource({
        "open.a, true, true",
        "members.a, false, true",
        "members.a.b, true, true",
        "tokens.a, false, false",
        "closed, false, false",
        "anything, true, true",
    })
    void whoMaySubscribe(String topic, boolean anybody, boolean ada) {
        assertThat(access.maySubscribe(null, new TopicPattern(topic))).isEqualTo(anybody);
        assertThat(access.maySubscribe(ADA, new TopicPattern(topic))).isEqualTo(ada);
    }

    @ParameterizedTest
    @CsvSource({
        "open.*, true, true",
        "open.>, true, true",
        "members.*, false, true",
        "*.a, false, false",
        ">, false, false",
        "*, false, false",
        "anything.*, true, true",
    })
    void aPatternNeedsAccessToAllThatItMatches(String pattern, boolean anybody, boolean ada) {
        assertThat(access.maySubscribe(null, new TopicPattern(pattern))).isEqualTo(anybody);
        assertThat(access.maySubscribe(ADA, new TopicPattern(pattern))).isEqualTo(ada);
    }

    @ParameterizedTest
    @CsvSource({"open.a, true, true", "members.a, false, true", "tokens.a, false, false", "anything, false, false"})
    void whoMayPublish(String topic, boolean anybody, boolean ada) {
        assertThat(access.mayPublish(null, new TopicName(topic))).isEqualTo(anybody);
        assertThat(access.mayPublish(ADA, new TopicName(topic))).isEqualTo(ada);
    }
}
