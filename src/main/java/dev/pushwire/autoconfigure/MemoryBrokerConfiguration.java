package dev.pushwire.autoconfigure;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.ClusterListener;
import dev.pushwire.broker.MemoryBroker;
import dev.pushwire.broker.MemoryClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.metrics.BrokerBacklog;
import dev.pushwire.metrics.BrokerLink;
import dev.pushwire.metrics.BrokerLinkMeters;
import dev.pushwire.metrics.HistoryMeters;
import dev.pushwire.metrics.RefusalMeters;
import dev.pushwire.metrics.RevocationMeters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans for topics of one node alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(name = "pushwireBroker")
class MemoryBrokerConfiguration {
    /** The pause between two looks for expired data. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** @throws IllegalStateException if the topics were to be shared: without its library, the other broker is not there */
    @Bean
    MemoryBroker pushwireBroker(
            BrokerProperties properties,
            TopicRetentions retentions,
            HistoryProperties history,
            LimitsProperties limits,
            PeriodicTasks housekeeping) {
        if (properties.broker() == BrokerProperties.Kind.REDIS) {
            throw new IllegalStateException("pushwire.broker=redis needs a client of Redis. Add"
                    + " org.springframework.boot:spring-boot-starter-data-redis to the application's dependencies");
        }
        MemoryBroker broker =
                new MemoryBroker(retentions, history.maxMemory().toBytes(), limits.topics(), InstantSource.system());
        housekeeping.every(PAUSE, broker::expire);
        return broker;
    }

    @Bean
    MemoryClusterBus pushwireClusterBus(NodeName self, ClusterListener listener, AccessProperties access) {
        return new MemoryClusterBus(
                self, listener, access.revocationRetention(), ClusterBus.MOST_NOTICES, InstantSource.system());
    }

    @Bean
    HistoryMeters pushwireHistoryMeters(MemoryBroker broker) {
        return new HistoryMeters(broker);
    }

    @Bean
    RevocationMeters pushwireRevocationMeters(MemoryClusterBus bus) {
        return new RevocationMeters(bus::kept, ClusterBus.MOST_NOTICES);
    }

    /** The link cannot break here. The series exist all the same, so that one alert fits both brokers. */
    @Bean
    BrokerLinkMeters pushwireBrokerLinkMeters() {
        return new BrokerLinkMeters(
                List.of(BrokerLink.inMemory(BrokerLink.TOPICS), BrokerLink.inMemory(BrokerLink.NODES)),
                () -> Duration.ZERO,
                BrokerBacklog.NONE);
    }

    /** Nothing is refused here. The series exist all the same. */
    @Bean
    RefusalMeters pushwireRefusalMeters() {
        return new RefusalMeters(() -> 0);
    }
}
