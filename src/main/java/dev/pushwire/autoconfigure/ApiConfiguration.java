package dev.pushwire.autoconfigure;

import dev.pushwire.api.ApiControllers;
import dev.pushwire.api.ApiKeys;
import dev.pushwire.api.ApiPortFilter;
import dev.pushwire.api.AuditFilter;
import dev.pushwire.api.PlainDisposition;
import dev.pushwire.api.PublishFilter;
import dev.pushwire.api.PublishLimits;
import dev.pushwire.api.TraceContext;
import dev.pushwire.audit.AuditLog;
import dev.pushwire.tomcat.HijackableProtocol;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The beans of the HTTP API. An application has to ask for it, since it takes paths and lets callers publish. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSwitch(value = "pushwire.api.enabled", byDefault = false)
@Import(ApiControllers.class)
class ApiConfiguration {
    /** The requests that pages of other origins may make: all but those for operators and for back ends alone. */
    private static final List<String> SHARED = List.of(
            "GET /topics",
            "GET /topics/{topic}",
            "POST /topics/{topic}",
            "POST /tickets",
            "GET /api/topics",
            "GET /api/topics/{topic}",
            "GET /api/topics/{topic}/history",
            "GET /api/topics/{topic}/presence",
            "POST /api/publications",
            "POST /api/publications/batch");

    private static final Logger log = LoggerFactory.getLogger(ApiConfiguration.class);

    @Bean
    ApiKeys pushwireApiKeys(ApiProperties properties, PeriodicTasks tasks) {
        ApiKeys keys = properties.make();
        if (keys.areNone()) {
            log.info("No pushwire.api.keys are set: only callers on this machine, and callers with a token, may"
                    + " call the API");
        }
        if (keys.haveFiles()) {
            tasks.every(PeriodicTasks.REREAD, keys::reread);
        }
        return keys;
    }

    @Bean
    PublishLimits pushwirePublishLimits(WebSocketProperties properties) {
        return new PublishLimits((int) properties.maxMessageSize().toBytes());
    }

    @Bean
    TraceContext pushwireTraceContext(PushProperties properties) {
        return new TraceContext(properties.traceContext());
    }

    @Bean
    SharedRoutes pushwireSharedApi(DispatcherServletPath servlet) {
        return new SharedRoutes(SHARED.stream()
                .map(route -> route.replace(" ", " " + servlet.getPrefix()))
                .toList());
    }

    /**
     * The filter runs after those that make spans and apply forwarded headers, so a line of the log has the trace and
     * the caller's address.
     */
    @Bean
    FilterRegistrationBean<AuditFilter> pushwireAuditFilter(AuditLog log, DispatcherServletPath servlet) {
        FilterRegistrationBean<AuditFilter> registration =
                new FilterRegistrationBean<>(new AuditFilter(log, servlet.getPrefix()));
        registration.addUrlPatterns(servlet.getRelativePath("/topics/*"), servlet.getRelativePath("/api/*"));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 2);
        return registration;
    }

    /**
     * The filter runs after all filters that an application may put before its controllers, and only on the paths of
     * the API.
     */
    @Bean
    FilterRegistrationBean<PublishFilter> pushwirePublishFilterRegistration(
            PublishFilter filter, DispatcherServletPath servlet) {
        FilterRegistrationBean<PublishFilter> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/topics/*");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        registration.setEnabled(servlet.getPrefix().isEmpty());
        return registration;
    }

    /** The API on a port of its own. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnApiPort.class)
    static class OwnPort {
        @Bean
        ApiPort pushwireApiPort() {
            return new ApiPort();
        }

        /** Runs after the application's own customizers, so that it sees their settings. */
        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> pushwireApiConnector(
                ApiProperties properties, ApiPort port) {
            return factory -> port.of(ApiConnector.add(
                    factory,
                    HijackableProtocol.class.getName(),
                    Objects.requireNonNull(properties.port()),
                    properties.address()));
        }

        /** The filter runs before every filter that may answer, and after those that apply forwarded headers. */
        @Bean
        FilterRegistrationBean<ApiPortFilter> pushwireApiPortFilter(ApiPort port, DispatcherServletPath servlet) {
            FilterRegistrationBean<ApiPortFilter> registration =
                    new FilterRegistrationBean<>(new ApiPortFilter(port::number, servlet.getPrefix()));
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
            return registration;
        }
    }

    @Bean
    FilterRegistrationBean<PlainDisposition> pushwirePlainDisposition(DispatcherServletPath servlet) {
        FilterRegistrationBean<PlainDisposition> registration = new FilterRegistrationBean<>(new PlainDisposition());
        registration.addUrlPatterns(servlet.getRelativePath("/topics/*"), servlet.getRelativePath("/api/*"));
        return registration;
    }
}
