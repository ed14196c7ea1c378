package dev.pushwire.autoconfigure;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.metrics.PushRequestMeters;
import dev.pushwire.metrics.SessionIdsFilter;
import dev.pushwire.pushprotocol.HttpSettings;
import dev.pushwire.pushprotocol.PushEndpoint;
import dev.pushwire.pushprotocol.PushHttpFilter;
import dev.pushwire.tomcat.CrossOrigin;
import dev.pushwire.tomcat.LateResponses;
import dev.pushwire.tomcat.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The beans of {@code /push} without a WebSocket. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSwitch({"pushwire.push.enabled", "pushwire.push.http.enabled"})
class PushHttpConfiguration {
    @Bean
    SharedRoutes pushwireSharedPush() {
        return new SharedRoutes(List.of(
                "GET /push", "POST /push", "GET /push/{session}", "POST /push/{session}", "DELETE /push/{session}"));
    }

    @Bean
    PushRequestMeters pushwirePushRequestMeters(MeterRegistry meters) {
        return new PushRequestMeters(meters);
    }

    @Bean
    SessionIdsFilter pushwireSessionIdsFilter() {
        return new SessionIdsFilter();
    }

    @Bean
    HttpSettings pushwirePushHttpSettings(
            NodeName self, WebSocketProperties webSocket, LimitsProperties limits, PushProperties properties) {
        return new HttpSettings(
                self,
                PushConfiguration.told(webSocket, limits, properties),
                properties.http().pollTimeout(),
                webSocket.handshakeTimeout(),
                properties.http().maxPolled());
    }

    /** The filter runs after every other filter, as the one for WebSockets does: security has decided. */
    @Bean
    FilterRegistrationBean<PushHttpFilter> pushwirePushHttpFilter(
            HttpSettings settings,
            PushEndpoint push,
            Streams streams,
            LateResponses late,
            Admission admission,
            ClusterBus nodes,
            CrossOrigin crossOrigin,
            LimitListener limits,
            PushRequestMeters meters) {
        FilterRegistrationBean<PushHttpFilter> registration = new FilterRegistrationBean<>(
                new PushHttpFilter(settings, push, streams, late, admission, nodes, crossOrigin, limits, meters));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return registration;
    }
}
