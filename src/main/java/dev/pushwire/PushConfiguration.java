package dev.pushwire;

import dev.pushwire.push.PublishAccess;
import dev.pushwire.push.PublishLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the topics their settings. */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {
    @Bean
    PublishAccess publishAccess(PublishProperties properties) {
        return new PublishAccess(properties.keys());
    }

    @Bean
    PublishLimits publishLimits(WebSocketProperties properties) {
        return new PublishLimits((int) properties.maxMessageSize().toBytes());
    }
}
