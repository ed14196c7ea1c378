package dev.pushwire.autoconfigure;

import dev.pushwire.redis.ClientSettings;
import io.lettuce.core.ClientOptions;
import java.time.Duration;
import java.util.Objects;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Makes the broker's Redis client. */
final class RedisClients {
    private RedisClients() {}

    /**
     * A client for the same server, cluster or sentinels as the application's client, with the broker's own options.
     */
    static LettuceConnectionFactory like(LettuceConnectionFactory applications, Duration timeout) {
        LettuceClientConfiguration configuration = configuration(applications.getClientConfiguration(), timeout);
        if (applications.getClusterConfiguration() != null) {
            return new LettuceConnectionFactory(applications.getClusterConfiguration(), configuration);
        }
        if (applications.getSentinelConfiguration() != null) {
            return new LettuceConnectionFactory(applications.getSentinelConfiguration(), configuration);
        }
        return new LettuceConnectionFactory(
                Objects.requireNonNull(applications.getStandaloneConfiguration()), configuration);
    }

    private static LettuceClientConfiguration configuration(LettuceClientConfiguration given, Duration timeout) {
        ClientOptions.Builder options =
                given.getClientOptions().orElseGet(ClientOptions::create).mutate();
        ClientSettings.options(options);
        LettuceClientConfiguration.LettuceClientConfigurationBuilder configuration =
                LettuceClientConfiguration.builder()
                        .clientOptions(options.build())
                        .commandTimeout(timeout);
        given.getClientResources().map(ClientSettings::resources).ifPresent(configuration::clientResources);
        given.getClientName().ifPresent(configuration::clientName);
        if (given.isUseSsl()) {
            LettuceClientConfiguration.LettuceSslClientConfigurationBuilder ssl = configuration.useSsl();
            ssl.verifyPeer(given.getVerifyMode());
            if (given.isStartTls()) {
                ssl.startTls();
            }
        }
        return configuration.build();
    }
}
