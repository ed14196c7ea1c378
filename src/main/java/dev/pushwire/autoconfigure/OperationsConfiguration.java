package dev.pushwire.autoconfigure;

import dev.pushwire.access.Revocations;
import dev.pushwire.api.ClientSubscriptions;
import dev.pushwire.api.ClusterHandler;
import dev.pushwire.audit.AuditLog;
import dev.pushwire.broker.NodeName;
import dev.pushwire.connection.ClientMemory;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.Connections;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.Limits;
import dev.pushwire.metrics.BrokerMeters;
import dev.pushwire.metrics.ConnectionsHealthIndicator;
import dev.pushwire.metrics.EventLoopsHealthIndicator;
import dev.pushwire.metrics.LimitsReport;
import dev.pushwire.metrics.LocalCallersFilter;
import dev.pushwire.metrics.OperatorAudit;
import dev.pushwire.metrics.PulsesHealthIndicator;
import dev.pushwire.metrics.RefusedCallers;
import dev.pushwire.metrics.UnobservedHandshakes;
import dev.pushwire.metrics.WebSocketMeters;
import dev.pushwire.metrics.WebSocketsEndpoint;
import dev.pushwire.pulse.Pulsing;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.Hub;
import dev.pushwire.tomcat.Draining;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans for operators: meters, health, the actuator endpoint, and draining. */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {
    /** How long an event loop may take to answer an operator. */
    private static final Duration LOOP_PATIENCE = Duration.ofSeconds(2);

    /** How long one run of a heartbeat, a link or housekeeping may take. A slow broker holds it up for much less. */
    private static final Duration PULSE_PATIENCE = Duration.ofMinutes(5);

    @Bean
    WebSocketMeters pushwireWebSocketMeters(
            MeterRegistry meters, EventLoopGroup loops, ConnectionRegistry registry, ClientMemory memory, Hub hub) {
        WebSocketMeters ours = new WebSocketMeters(meters);
        ours.observe(loops.loops());
        ours.observe(registry);
        ours.observe(memory);
        ours.observe(hub);
        loops.observe(ours);
        return ours;
    }

    @Bean
    BrokerMeters pushwireBrokerMeters(MeterRegistry meters) {
        return new BrokerMeters(meters);
    }

    @Bean
    UnobservedHandshakes pushwireUnobservedHandshakes() {
        return new UnobservedHandshakes();
    }

    @Bean
    Connections pushwireConnections(EventLoopGroup loops) {
        return new Connections(loops, LOOP_PATIENCE);
    }

    /** Answers the questions of other nodes, and takes their notices. */
    @Bean
    ClusterHandler pushwireClusterHandler(
            NodeName self, Connections connections, Revocations revocations, ClientSessions clients) {
        return new ClusterHandler(self, connections, revocations, new ClientSubscriptions(clients.clients()));
    }

    @Bean
    AuditLog pushwireAuditLog(MeterRegistry meters) {
        return new AuditLog(new RefusedCallers(meters), System::nanoTime);
    }

    @Bean
    WebSocketsEndpoint pushwireWebSocketsEndpoint(Connections connections, AuditLog log) {
        return new WebSocketsEndpoint(connections, new OperatorAudit(log));
    }

    @Bean
    @ConditionalOnManagementPort(ManagementPortType.SAME)
    FilterRegistrationBean<LocalCallersFilter> pushwireWebSocketsEndpointFilter(
            WebEndpointProperties endpoints, DispatcherServletPath servlet) {
        String name = endpoints.getPathMapping().getOrDefault(WebSocketsEndpoint.ID, WebSocketsEndpoint.ID);
        FilterRegistrationBean<LocalCallersFilter> registration =
                new FilterRegistrationBean<>(new LocalCallersFilter());
        registration.addUrlPatterns(servlet.getRelativePath(endpoints.getBasePath() + "/" + name + "/*"));
        return registration;
    }

    /** Belongs to the liveness group, as {@code eventLoops}. */
    @Bean
    EventLoopsHealthIndicator eventLoopsHealthIndicator(EventLoopGroup loops, HealthProperties properties) {
        return new EventLoopsHealthIndicator(loops.loops(), properties.stuckLoopAfter());
    }

    /** Belongs to the liveness group, as {@code pulses}. */
    @Bean
    PulsesHealthIndicator pulsesHealthIndicator(List<Pulsing> pulsing) {
        return new PulsesHealthIndicator(pulsing, PULSE_PATIENCE);
    }

    /** Belongs to the readiness group, as {@code connections}. */
    @Bean
    ConnectionsHealthIndicator connectionsHealthIndicator(ConnectionRegistry registry) {
        return new ConnectionsHealthIndicator(registry);
    }

    @Bean
    LimitsReport pushwireLimitsReport(
            EventLoopGroup loops, ConnectionRegistry registry, Limits limits, DrainProperties drain) {
        return new LimitsReport(loops, registry, limits, drain.window());
    }

    @Bean
    Draining pushwireDraining(
            ConnectionRegistry registry,
            EventLoopGroup loops,
            Connections connections,
            Limits limits,
            DrainProperties drain) {
        return new Draining(
                registry,
                loops,
                connections,
                drain.window(),
                limits.closeTimeout().plus(Duration.ofSeconds(1)));
    }
}
