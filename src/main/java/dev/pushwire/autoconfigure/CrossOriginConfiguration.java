package dev.pushwire.autoconfigure;

import dev.pushwire.protocol.OriginPolicy;
import dev.pushwire.tomcat.CrossOrigin;
import dev.pushwire.tomcat.CrossOriginFilter;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Opens the HTTP paths that pages need to the origins that may open WebSockets. */
@Configuration(proxyBeanMethods = false)
class CrossOriginConfiguration {
    @Bean
    CrossOrigin pushwireCrossOrigin(WebSocketProperties properties) {
        return new CrossOrigin(new OriginPolicy(properties.allowedOrigins()));
    }

    /**
     * The filter runs before the application's security, since a browser sends no credentials with a preflight request.
     */
    @Bean
    FilterRegistrationBean<CrossOriginFilter> pushwireCrossOriginFilter(
            CrossOrigin crossOrigin, ObjectProvider<SharedRoutes> shared) {
        List<String> routes =
                shared.orderedStream().flatMap(some -> some.routes().stream()).toList();
        FilterRegistrationBean<CrossOriginFilter> registration =
                new FilterRegistrationBean<>(new CrossOriginFilter(crossOrigin, routes));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100); // after the filter that applies forwarded headers
        registration.setEnabled(!routes.isEmpty());
        return registration;
    }
}
