package com.example.orders;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.AccessRule;
import dev.pushwire.push.OverflowPolicy;
import dev.pushwire.push.PresencePolicy;
import dev.pushwire.push.TopicPolicy;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where each parcel is. A page that opens sees the last places at once; a slow one sees only the newest. */
@Configuration(proxyBeanMethods = false)
class ParcelTopics {
    @Bean
    TopicPolicy parcels() {
        return new TopicPolicy(
                new TopicPattern("parcels.*"),
                new Retention(10, Duration.ofHours(1)),
                PresencePolicy.NONE,
                AccessRule.PUBLIC, // who may subscribe
                AccessRule.NONE, // which clients may publish
                OverflowPolicy.CONFLATE);
    }
}
