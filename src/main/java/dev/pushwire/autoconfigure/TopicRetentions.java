package dev.pushwire.autoconfigure;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.TopicRules;
import java.util.function.Function;

/** How much is remembered of each topic, those that only the service itself uses among them. */
record TopicRetentions(TopicRules rules) implements Function<TopicName, Retention> {
    @Override
    public Retention apply(TopicName topic) {
        return topic.isInternal() ? Retention.NONE : rules.of(topic).retention();
    }
}
