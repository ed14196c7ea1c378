package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.AccessRule;
import dev.pushwire.push.OverflowPolicy;
import dev.pushwire.push.PresencePolicy;
import dev.pushwire.push.TopicPolicy;
import dev.pushwire.push.TopicRules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Rules for topics that are beans of the application. Each remembers another number of publications. */
class TopicPolicyBeansTest {
    private static final TopicsProperties PROPERTIES = new TopicsProperties(List.of(new TopicsProperties.Rule(
            "parcels.vip",
            1,
            Duration.ofMinutes(5),
            PresencePolicy.NONE,
            AccessRule.PUBLIC,
            AccessRule.CLAIMS,
            OverflowPolicy.CLOSE)));

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        @Order(2)
        TopicPolicy all() {
            return remembering(2, "parcels.>");
        }

        @Bean
        @Order(1)
        TopicPolicy some() {
            return remembering(3, "parcels.at.*");
        }

        private static TopicPolicy remembering(int publications, String topics) {
            return new TopicPolicy(
                    new TopicPattern(topics),
                    new Retention(publications, Duration.ofHours(1)),
                    PresencePolicy.EVENTS,
                    AccessRule.AUTHENTICATED,
                    AccessRule.NONE,
                    OverflowPolicy.CONFLATE);
        }
    }

    @Test
    void propertiesComeFirstThenTheBeansInTheirOrder() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
            TopicRules rules =
                    new PushConfiguration().pushwireTopicRules(PROPERTIES, context.getBeanProvider(TopicPolicy.class));
            assertThat(remembered(rules, "parcels.vip")).isEqualTo(1);
            assertThat(remembered(rules, "parcels.at.17")).isEqualTo(3);
            assertThat(remembered(rules, "parcels.de.17")).isEqualTo(2);
            assertThat(rules.of(new TopicName("vans"))).isEqualTo(TopicPolicy.DEFAULT);
        }
    }

    @Test
    void theFirstHoldsAsAWhole() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
            TopicPolicy vip = new PushConfiguration()
                    .pushwireTopicRules(PROPERTIES, context.getBeanProvider(TopicPolicy.class))
                    .of(new TopicName("parcels.vip"));
            assertThat(vip.subscribe()).isEqualTo(AccessRule.PUBLIC);
            assertThat(vip.publish()).isEqualTo(AccessRule.CLAIMS);
            assertThat(vip.presence()).isEqualTo(PresencePolicy.NONE);
        }
    }

    private static int remembered(TopicRules rules, String topic) {
        return rules.of(new TopicName(topic)).retention().size();
    }
}
