package dev.pushwire.autoconfigure;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.ClusterListener;
import dev.pushwire.broker.NodeName;
import dev.pushwire.metrics.BrokerBacklog;
import dev.pushwire.metrics.BrokerHealthIndicator;
import dev.pushwire.metrics.BrokerLink;
import dev.pushwire.metrics.BrokerLinkMeters;
import dev.pushwire.metrics.RefusalMeters;
import dev.pushwire.metrics.RevocationMeters;
import dev.pushwire.redis.RedisBroker;
import dev.pushwire.redis.RedisClusterBus;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Topics that nodes share through Redis. Spring Boot's own properties ({@code spring.data.redis}) say where Redis is.
 * The broker has a client of its own, since its options would not suit the application.
 */
@AutoConfiguration(after = DataRedisAutoConfiguration.class, before = PushwireAutoConfiguration.class)
@ConditionalOnProperty(name = "pushwire.broker", havingValue = "redis")
@ConditionalOnSwitch("pushwire.enabled")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({RedisClient.class, LettuceConnectionFactory.class})
public final class PushwireRedisAutoConfiguration {
    /**
     * Lettuce's own timeout is a minute. For so long, a server that hangs would keep a node from looking for the one
     * that takes over.
     */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    @Bean(defaultCandidate = false)
    LettuceConnectionFactory pushwireRedis(LettuceConnectionFactory applications, DataRedisProperties properties) {
        return RedisClients.like(applications, timeout(properties));
    }

    @Bean
    RedisBroker pushwireBroker(
            @Qualifier("pushwireRedis") LettuceConnectionFactory connections,
            DataRedisProperties properties,
            TopicRetentions retentions) {
        return new RedisBroker(connections.getRequiredNativeClient(), retentions, timeout(properties));
    }

    @Bean
    RedisClusterBus pushwireClusterBus(
            @Qualifier("pushwireRedis") LettuceConnectionFactory connections,
            DataRedisProperties properties,
            NodeName self,
            ClusterListener listener,
            AccessProperties access) {
        return new RedisClusterBus(
                connections.getRequiredNativeClient(),
                self,
                listener,
                access.revocationRetention(),
                timeout(properties));
    }

    /** Closed before the client stops. Otherwise the broker would take that for a loss of Redis, and log it. */
    @Bean
    LastStep pushwireBrokerLifecycle(RedisBroker broker) {
        return new LastStep(1, broker::close);
    }

    /** The node tells the others that it goes, as late as it can. */
    @Bean
    LastStep pushwireNodesLifecycle(RedisClusterBus nodes) {
        return new LastStep(1, nodes::close);
    }

    private static Duration timeout(DataRedisProperties properties) {
        return Objects.requireNonNullElse(properties.getTimeout(), DEFAULT_TIMEOUT);
    }

    @Bean
    BrokerLinkMeters pushwireBrokerLinkMeters(RedisBroker broker, RedisClusterBus bus) {
        return new BrokerLinkMeters(
                List.of(
                        new BrokerLink(BrokerLink.TOPICS, broker::isAvailable, broker::reconnects),
                        new BrokerLink(BrokerLink.NODES, bus::isAvailable, bus::reconnects)),
                broker::lag,
                new BrokerBacklog(broker::topicsBehind, broker::waitingBytes, bus::questionsWaiting));
    }

    @Bean
    RevocationMeters pushwireRevocationMeters(RedisClusterBus bus) {
        return new RevocationMeters(bus::kept, ClusterBus.MOST_NOTICES);
    }

    @Bean
    RefusalMeters pushwireRefusalMeters(RedisBroker broker) {
        return new RefusalMeters(broker::refused);
    }

    @Bean
    BrokerHealthIndicator brokerHealthIndicator(RedisBroker broker) {
        return new BrokerHealthIndicator(broker::isAvailable);
    }
}
