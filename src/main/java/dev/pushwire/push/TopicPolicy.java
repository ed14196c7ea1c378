package dev.pushwire.push;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicPattern;

/**
 * What holds for the topics of a pattern.
 *
 * @param subscribe which clients may subscribe
 * @param publish which clients may publish, over their WebSocket
 */
public record TopicPolicy(
        TopicPattern pattern,
        Retention retention,
        PresencePolicy presence,
        AccessRule subscribe,
        AccessRule publish,
        OverflowPolicy slowConsumers) {
    /** For topics that nothing is said about: open to read, written by those whose token names them, nothing is remembered. */
    public static final TopicPolicy DEFAULT = new TopicPolicy(
            TopicPattern.ALL,
            Retention.NONE,
            PresencePolicy.NONE,
            AccessRule.PUBLIC,
            AccessRule.CLAIMS,
            OverflowPolicy.CLOSE);
}
