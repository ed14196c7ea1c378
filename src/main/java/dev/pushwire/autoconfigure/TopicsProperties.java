package dev.pushwire.autoconfigure;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.AccessRule;
import dev.pushwire.push.OverflowPolicy;
import dev.pushwire.push.PresencePolicy;
import dev.pushwire.push.TopicPolicy;
import dev.pushwire.push.TopicRules;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The policies of topics.
 *
 * @param topics rules by pattern; the first rule that matches a topic applies
 */
@ConfigurationProperties("pushwire")
public record TopicsProperties(@DefaultValue List<Rule> topics) {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int LARGEST = 1_000_000;

    /**
     * The policy for the topics of a pattern.
     *
     * @param name a topic, or a pattern: * stands for one part of a name, > at the end for one or more
     * @param historySize publications remembered for each topic, for subscribers that come back; 0 for none
     * @param historyTtl how long a publication is remembered
     * @param presence whether subscribers may see who else is there (list), and are told who comes and goes (events)
     * @param subscribe which clients may subscribe: public, authenticated, claims or none
     * @param publish which clients may publish: public, authenticated, claims or none
     * @param slowConsumers what happens once a subscriber's outbox is full: close, drop-oldest, or conflate to the
     *     newest publication of each key
     */
    public record Rule(
            String name,
            @DefaultValue("0") int historySize,
            @DefaultValue("5m") Duration historyTtl,
            @DefaultValue("none") PresencePolicy presence,
            @DefaultValue("public") AccessRule subscribe,
            @DefaultValue("claims") AccessRule publish,
            @DefaultValue("close") OverflowPolicy slowConsumers) {
        public Rule {
            if (name == null) { // what is missing in the configuration is null here, whatever the type says
                throw new IllegalArgumentException("pushwire.topics: a rule has no 'name'. It is a topic or a pattern");
            }
            if (!TopicPattern.isValid(name)) {
                throw new IllegalArgumentException(
                        "pushwire.topics: '" + name + "' is no pattern. " + TopicPattern.RULE);
            }
            if (historySize < 0 || historySize > LARGEST) {
                throw new IllegalArgumentException("pushwire.topics: history-size of '" + name + "' must be from 0 to "
                        + LARGEST + ", but is " + historySize);
            }
            if (historyTtl.compareTo(Duration.ofSeconds(1)) < 0 || historyTtl.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "pushwire.topics: history-ttl of '" + name + "' must be from 1s to 365d, but is " + historyTtl);
            }
        }

        private TopicPolicy policy() {
            return new TopicPolicy(
                    new TopicPattern(name),
                    new Retention(historySize, historyTtl),
                    presence,
                    subscribe,
                    publish,
                    slowConsumers);
        }
    }

    /** @param others the application's own policies, for topics that the properties do not name */
    TopicRules rules(List<TopicPolicy> others) {
        return new TopicRules(Stream.concat(topics.stream().map(Rule::policy), others.stream())
                .toList());
    }
}
