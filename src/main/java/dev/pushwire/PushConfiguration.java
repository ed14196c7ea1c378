package dev.pushwire;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.api.PlainDisposition;
import dev.pushwire.api.PublishKeys;
import dev.pushwire.api.PublishLimits;
import dev.pushwire.broker.BoundedBroker;
import dev.pushwire.broker.Broker;
import dev.pushwire.endpoint.LimitListener;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.TokenAuthenticator;
import dev.pushwire.metrics.BrokerMeters;
import dev.pushwire.multiplex.PushEndpoint;
import dev.pushwire.multiplex.SubscriptionLimits;
import dev.pushwire.push.Hub;
import dev.pushwire.push.Presence;
import dev.pushwire.push.TopicAccess;
import dev.pushwire.push.TopicRules;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Hands the topics their settings. */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {
    private static final Logger log = LoggerFactory.getLogger(PushConfiguration.class);

    /** Between two looks for topics that nobody needs any more. */
    private static final Duration TIDY_UP = Duration.ofSeconds(5);

    @Bean
    PublishKeys publishKeys(PublishProperties properties) {
        PublishKeys access = new PublishKeys(properties.keys());
        if (access.areNone()) {
            log.info("No pushwire.publish.keys are set: only callers on this machine may publish");
        }
        return access;
    }

    @Bean
    TopicRules topicRules(TopicsProperties properties) {
        return properties.rules();
    }

    /** Whatever broker there is, as the topics use it. */
    @Bean
    @Primary
    BoundedBroker boundedBroker(@Qualifier("broker") Broker broker, BrokerMeters meters) {
        BoundedBroker bounded = new BoundedBroker(broker, BoundedBroker.MOST_WAITING, meters);
        meters.observe(bounded);
        return bounded;
    }

    @Bean
    Hub hub(
            Broker broker,
            TopicRules rules,
            SessionGroup.Factory groups,
            LimitsProperties limits,
            Housekeeping housekeeping) {
        Hub hub = new Hub(broker, rules, groups, limits.patterns());
        housekeeping.every(TIDY_UP, hub::tidyUp);
        return hub;
    }

    @Bean
    Presence presence(Broker broker, TopicRules rules) {
        return new Presence(broker, rules);
    }

    @Bean
    PushEndpoint pushEndpoint(
            Hub hub,
            Presence presence,
            TopicAccess access,
            TokenAuthenticator tokens,
            PushProperties properties,
            LimitListener limits) {
        SubscriptionLimits subscriptions =
                new SubscriptionLimits(properties.maxSubscriptions(), properties.maxPatterns());
        return new PushEndpoint(hub, presence, access, tokens, subscriptions, limits);
    }

    @Bean
    TopicAccess topicAccess(TopicRules rules, TokenVerifier tokens) {
        return new ClaimsAccess(rules, tokens.isConfigured());
    }

    @Bean
    FilterRegistrationBean<PlainDisposition> plainDisposition() {
        FilterRegistrationBean<PlainDisposition> registration = new FilterRegistrationBean<>(new PlainDisposition());
        registration.addUrlPatterns("/topics/*", "/api/*");
        return registration;
    }

    @Bean
    PublishLimits publishLimits(WebSocketProperties properties) {
        return new PublishLimits((int) properties.maxMessageSize().toBytes());
    }
}
