package dev.pushwire;

import dev.pushwire.push.PolicyAccess;
import dev.pushwire.push.PublishAccess;
import dev.pushwire.push.PublishLimits;
import dev.pushwire.push.TopicAccess;
import dev.pushwire.push.TopicRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the topics their settings. */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {
    private static final Logger log = LoggerFactory.getLogger(PushConfiguration.class);

    @Bean
    PublishAccess publishAccess(PublishProperties properties) {
        PublishAccess access = new PublishAccess(properties.keys());
        if (access.isLocalOnly()) {
            log.info("No pushwire.publish.keys are set: only callers on this machine may publish");
        }
        return access;
    }

    @Bean
    TopicRules topicRules(TopicsProperties properties) {
        return properties.rules();
    }

    @Bean
    TopicAccess topicAccess(TopicRules rules) {
        return new PolicyAccess(rules);
    }

    @Bean
    PublishLimits publishLimits(WebSocketProperties properties) {
        return new PublishLimits((int) properties.maxMessageSize().toBytes());
    }
}
