package dev.pushwire;

import dev.pushwire.broker.MemoryBroker;
import dev.pushwire.broker.MemoryNodes;
import dev.pushwire.broker.NodeListener;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.Nodes;
import dev.pushwire.metrics.HistoryMeters;
import dev.pushwire.push.TopicRules;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Topics of one node alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "pushwire.broker", havingValue = "memory", matchIfMissing = true)
class MemoryBrokerConfiguration {
    /** Between two looks for what is out of date. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    @Bean
    MemoryBroker broker(TopicRules rules, HistoryProperties history, Housekeeping housekeeping) {
        MemoryBroker broker = new MemoryBroker(
                topic -> rules.of(topic).retention(), history.maxMemory().toBytes(), InstantSource.system());
        housekeeping.every(PAUSE, broker::expire);
        return broker;
    }

    @Bean
    MemoryNodes nodes(NodeName self, NodeListener listener, AccessProperties access) {
        return new MemoryNodes(
                self, listener, access.revocationRetention(), Nodes.MOST_NOTICES, InstantSource.system());
    }

    @Bean
    HistoryMeters historyMeters(MemoryBroker broker) {
        return new HistoryMeters(broker);
    }
}
