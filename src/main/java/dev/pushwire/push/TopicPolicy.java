package dev.pushwire.push;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicPattern;

/**
 * The policy for the topics of a pattern. An application may declare policies as beans.
 *
 * @param pattern the topics that the policy applies to
 * @param retention how much of each topic is remembered
 * @param presence whether the members of a topic are shown
 * @param subscribe which clients may subscribe
 * @param publish which clients may publish; a key of the HTTP API may publish in any case
 * @param slowConsumers what happens to a subscriber whose outbox is full
 */
public record TopicPolicy(
        TopicPattern pattern,
        Retention retention,
        PresencePolicy presence,
        AccessRule subscribe,
        AccessRule publish,
        OverflowPolicy slowConsumers) {
    /**
     * The policy of topics that no other policy matches: all clients may subscribe, clients whose token names the topic
     * may publish, and nothing is remembered.
     */
    public static final TopicPolicy DEFAULT = new TopicPolicy(
            TopicPattern.ALL,
            Retention.NONE,
            PresencePolicy.NONE,
            AccessRule.PUBLIC,
            AccessRule.CLAIMS,
            OverflowPolicy.CLOSE);
}
