package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.AccessRule;
import dev.pushwire.push.OverflowPolicy;
import dev.pushwire.push.PresencePolicy;
import dev.pushwire.push.TopicAccess;
import dev.pushwire.push.TopicPolicy;
import dev.pushwire.push.TopicRules;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsAccessTest {
    /** Known to the application's own filters, without a token. */
    private static final Principal ADA = () -> "ada";

    private static final TopicRules RULES = new TopicRules(List.of(
            policy("open.>", AccessRule.PUBLIC, AccessRule.PUBLIC),
            policy("members.*", AccessRule.AUTHENTICATED, AccessRule.AUTHENTICATED),
            policy("tokens.>", AccessRule.CLAIMS, AccessRule.CLAIMS),
            policy("open.later", AccessRule.NONE, AccessRule.NONE),
            policy("closed", AccessRule.NONE, AccessRule.NONE)));

    private final TopicAccess access = new ClaimsAccess(RULES, true);

    private static TopicPolicy policy(String pattern, AccessRule subscribe, AccessRule publish) {
        return new TopicPolicy(
                new TopicPattern(pattern),
                Retention.NONE,
                PresencePolicy.NONE,
                subscribe,
                publish,
                OverflowPolicy.CLOSE);
    }

    private static TokenPrincipal token(List<String> subscribe, List<String> publish) {
        return new TokenPrincipal(
                "eve",
                TopicPatterns.of(subscribe),
                TopicPatterns.NONE,
                TopicPatterns.of(publish),
                Set.of(),
                null,
                null,
                Instant.MAX);
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

    @ParameterizedTest
    @CsvSource({
        "tokens.a, tokens.a, true",
        "tokens.a, tokens.b, false",
        "tokens.*, tokens.a, true",
        "tokens.*, tokens.a.b, false",
        "tokens.>, tokens.a.b, true",
        ">, tokens.a.b, true",
        "tokens.>, tokens.*, true",
        "tokens.>, tokens.>, true",
        "tokens.*, tokens.>, false",
        "tokens.a, tokens.*, false",
        // Wherever else these reach, everybody may read, or somebody who has said who it is
        "tokens.>, *.a.b, true",
        "tokens.x, *.a.b, false",
        ">, closed, false",
    })
    void aTokenListsWhatItsBearerMaySubscribeTo(String claimed, String wanted, boolean allowed) {
        TokenPrincipal eve = token(List.of("nothing.else", claimed), List.of());
        assertThat(access.maySubscribe(eve, new TopicPattern(wanted))).isEqualTo(allowed);
    }

    @Test
    void whatATokenListsForOneDoesNotHoldForTheOther() {
        TokenPrincipal reader = token(List.of("tokens.>"), List.of());
        TokenPrincipal writer = token(List.of(), List.of("tokens.>", "any"));
        assertThat(access.mayPublish(reader, new TopicName("tokens.a"))).isFalse();
        assertThat(access.mayPublish(writer, new TopicName("tokens.a"))).isTrue();
        assertThat(access.maySubscribe(writer, new TopicPattern("tokens.a"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"members.a, true", "tokens.a, true", "anything, true", "closed, false"})
    void whereATokenMayHelp(String topic, boolean helps) {
        TopicAccess withoutTokens = new ClaimsAccess(RULES, false);
        assertThat(access.tokenMayLetSubscribe(new TopicPattern(topic))).isEqualTo(helps);
        assertThat(access.tokenMayLetPublish(new TopicName(topic))).isEqualTo(helps);
        assertThat(withoutTokens.tokenMayLetSubscribe(new TopicPattern(topic))).isFalse();
        assertThat(withoutTokens.tokenMayLetPublish(new TopicName(topic))).isFalse();
    }

    @Test
    void noTokenOpensAPatternWithAClosedTopicInIt() {
        assertThat(access.tokenMayLetSubscribe(TopicPattern.ALL)).isFalse();
        assertThat(access.tokenMayLetSubscribe(new TopicPattern("tokens.*"))).isTrue();
    }

    @Test
    void whereNothingIsSaidATokenIsNeededToPublishAndNothingToSubscribe() {
        assertThat(access.mayPublish(token(List.of(), List.of("any.*")), new TopicName("any.topic")))
                .isTrue();
        assertThat(access.mayPublish(token(List.of(), List.of("any.*")), new TopicName("other")))
                .isFalse();
        assertThat(access.maySubscribe(null, new TopicPattern("any.topic"))).isTrue();
    }
}
