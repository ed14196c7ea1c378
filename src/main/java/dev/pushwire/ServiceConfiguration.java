package dev.pushwire;

import dev.pushwire.api.ErrorPage;
import dev.pushwire.autoconfigure.ConditionalOnSwitch;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.demo.ChatEndpoint;
import dev.pushwire.demo.EchoEndpoint;
import dev.pushwire.demo.NewsNamespace;
import dev.pushwire.push.AccessRule;
import dev.pushwire.push.OverflowPolicy;
import dev.pushwire.push.PresencePolicy;
import dev.pushwire.push.TopicPolicy;
import dev.pushwire.socketio.SocketIo;
import dev.pushwire.tomcat.ProblemReportValve;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The beans that only the service has. */
@Configuration(proxyBeanMethods = false)
@Import({ErrorPage.class, ServiceErrors.class})
class ServiceConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> pushwireProblemReports() {
        return factory -> factory.addContextCustomizers(ProblemReportValve::install);
    }

    /** The client for browsers serves pages of every origin: a browser loads a module only if the server allows it. */
    @Bean
    WebMvcConfigurer pushwireClientForAllOrigins() {
        return new WebMvcConfigurer() {
            @Override
            public void addCorsMappings(CorsRegistry registry) {
                registry.addMapping("/client/**").allowedOrigins("*").allowedMethods("GET", "HEAD");
            }
        };
    }

    /** Without shared topics, the service looks for no Redis. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "pushwire.broker", havingValue = "redis")
    @Import(DataRedisAutoConfiguration.class)
    static class Redis {}

    /** Without traces, nothing is observed. Each configuration needs those before it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("management.tracing.export.enabled")
    @Import({
        OpenTelemetrySdkAutoConfiguration.class,
        OpenTelemetryTracingAutoConfiguration.class,
        OtlpTracingAutoConfiguration.class,
        MicrometerTracingAutoConfiguration.class,
        PrometheusExemplarsAutoConfiguration.class
    })
    static class Tracing {}

    /** Without the demo, its page is hidden, too. */
    @Bean
    @ConditionalOnSwitch(value = "pushwire.demo.enabled", on = false)
    WebMvcConfigurer pushwireNoPage() {
        return new NoPage();
    }

    /** Endpoints to try the service with. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSwitch("pushwire.demo.enabled")
    @Import({ChatEndpoint.class, EchoEndpoint.class})
    static class Demo {
        /** The page tries these topics: all clients may publish there, and they show members and history. */
        @Bean
        TopicPolicy demoTopics() {
            return new TopicPolicy(
                    new TopicPattern("demo.>"),
                    new Retention(100, Duration.ofMinutes(10)),
                    PresencePolicy.EVENTS,
                    AccessRule.PUBLIC,
                    AccessRule.PUBLIC,
                    OverflowPolicy.CLOSE);
        }

        @Bean
        @ConditionalOnSwitch("pushwire.socketio.enabled")
        NewsNamespace newsNamespace(SocketIo io) {
            return new NewsNamespace(io);
        }
    }
}
