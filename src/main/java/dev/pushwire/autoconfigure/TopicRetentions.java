package dev.pushwire.autoconfigure;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.TopicRules;
import dev.pushwire.socketio.NamespaceTopics;
import java.util.function.Function;

/** How much is remembered of each topic, also of topics for the service's own use. */
record TopicRetentions(TopicRules rules, SocketIoProperties socketIo) implements Function<TopicName, Retention> {
    @Override
    public Retention apply(TopicName topic) {
        return topic.isInternal()
                ? NamespaceTopics.retention(topic, socketIo.recovery(0))
                : rules.of(topic).retention();
    }
}
