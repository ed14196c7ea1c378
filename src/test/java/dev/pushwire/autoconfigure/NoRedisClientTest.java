package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** An application without the optional client of Redis. */
class NoRedisClientTest {
    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withClassLoader(new FilteredClassLoader("io.lettuce", "org.springframework.data.redis"))
            .withUserConfiguration(Application.class);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void keepsItsTopicsInMemory() {
        application.run(context -> assertThat(context).hasBean("pushwireBroker"));
    }

    /** Otherwise each node would have topics of its own, and nobody would be told. */
    @Test
    void doesNotStartIfNodesAreToShareTopics() {
        application
                .withPropertyValues("pushwire.broker=redis")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("pushwire.broker=redis needs a client of Redis")
                        .hasMessageContaining("spring-boot-starter-data-redis"));
    }
}
