package dev.pushwire.autoconfigure;

import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.metrics.StreamMeters;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.Hub;
import dev.pushwire.push.Presence;
import dev.pushwire.push.SubscriptionGate;
import dev.pushwire.stream.EventStreamFilter;
import dev.pushwire.stream.EventStreams;
import dev.pushwire.tomcat.CrossOrigin;
import dev.pushwire.tomcat.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The beans of event streams. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSwitch("pushwire.stream.enabled")
class StreamConfiguration {
    @Bean
    SharedRoutes pushwireSharedStreams() {
        return new SharedRoutes(List.of("GET /topics", "GET /topics/{topic}"));
    }

    @Bean
    StreamMeters pushwireStreamMeters(MeterRegistry meters) {
        return new StreamMeters(meters, List.of("/topics", "/topics/{topic}"));
    }

    @Bean
    EventStreams pushwireEventStreams(
            Streams streams,
            Admission admission,
            SubscriptionGate gate,
            Hub hub,
            Presence presence,
            LimitListener limits,
            ClientListener events,
            StreamMeters meters) {
        return new EventStreams(streams, admission, gate, hub, presence, limits, events, meters);
    }

    /** The filter runs after every other filter, as the one for WebSockets does: security has decided. */
    @Bean
    FilterRegistrationBean<EventStreamFilter> pushwireEventStreamFilter(EventStreams streams, CrossOrigin crossOrigin) {
        FilterRegistrationBean<EventStreamFilter> registration =
                new FilterRegistrationBean<>(new EventStreamFilter(streams, crossOrigin));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return registration;
    }
}
