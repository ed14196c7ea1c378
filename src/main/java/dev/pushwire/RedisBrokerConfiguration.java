package dev.pushwire;

import dev.pushwire.broker.NodeListener;
import dev.pushwire.broker.NodeName;
import dev.pushwire.metrics.BrokerHealthIndicator;
import dev.pushwire.push.TopicRules;
import dev.pushwire.redis.RedisBroker;
import dev.pushwire.redis.RedisNodes;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Topics that nodes share through Redis. Where that is, and how it is met, is for Spring Boot's own properties to say. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "pushwire.broker", havingValue = "redis")
@Import(DataRedisAutoConfiguration.class)
class RedisBrokerConfiguration {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    @Bean
    LettuceClientOptionsBuilderCustomizer redisClientOptions() {
        return RedisBroker::clientOptions;
    }

    /** Lettuce's own is a minute: so long a server that hangs would keep a node from looking for the one that takes over. */
    @Bean
    LettuceClientConfigurationBuilderCustomizer redisTimeout(DataRedisProperties properties) {
        return builder -> builder.commandTimeout(timeout(properties));
    }

    @Bean
    RedisBroker broker(LettuceConnectionFactory connections, DataRedisProperties properties, TopicRules rules) {
        return new RedisBroker(
                connections.getRequiredNativeClient(), topic -> rules.of(topic).retention(), timeout(properties));
    }

    @Bean
    RedisNodes nodes(
            LettuceConnectionFactory connections,
            DataRedisProperties properties,
            NodeName self,
            NodeListener listener,
            AccessProperties access) {
        return new RedisNodes(
                connections.getRequiredNativeClient(),
                self,
                listener,
                access.revocationRetention(),
                timeout(properties));
    }

    @Bean
    NodesLifecycle nodesLifecycle(RedisNodes nodes) {
        return new NodesLifecycle(nodes);
    }

    private static Duration timeout(DataRedisProperties properties) {
        return Objects.requireNonNullElse(properties.getTimeout(), DEFAULT_TIMEOUT);
    }

    @Bean
    BrokerHealthIndicator brokerHealthIndicator(RedisBroker broker) {
        return new BrokerHealthIndicator(broker::isAvailable);
    }
}
