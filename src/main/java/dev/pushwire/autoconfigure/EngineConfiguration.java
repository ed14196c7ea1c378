package dev.pushwire.autoconfigure;

import dev.pushwire.access.HandshakeToken;
import dev.pushwire.broker.NodeName;
import dev.pushwire.connection.ClientMemory;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.Limits;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.engineio.EngineSettings;
import dev.pushwire.metrics.Descriptors;
import dev.pushwire.metrics.WebSocketMeters;
import dev.pushwire.protocol.OriginPolicy;
import dev.pushwire.tomcat.CrossOrigin;
import dev.pushwire.tomcat.EndpointMappings;
import dev.pushwire.tomcat.ForeignConnectors;
import dev.pushwire.tomcat.ForwardedAddresses;
import dev.pushwire.tomcat.ForwardedHeaders;
import dev.pushwire.tomcat.HijackableProtocol;
import dev.pushwire.tomcat.LateResponses;
import dev.pushwire.tomcat.Streams;
import dev.pushwire.tomcat.Upgrade;
import dev.pushwire.tomcat.UpgradeFilter;
import dev.pushwire.tomcat.UpgradeRequired;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.servlet.ForwardedHeaderFilterCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** The beans of the engine. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {
    @Bean
    PeriodicTasks pushwirePeriodicTasks() {
        return new PeriodicTasks();
    }

    @Bean
    @ConditionalOnMissingBean
    NodeName pushwireNodeName() {
        return NodeName.random();
    }

    @Bean
    Limits pushwireLimits(WebSocketProperties properties) {
        return properties.limits();
    }

    @Bean
    HeapBudget pushwireHeapBudget(ServerProperties server, HistoryProperties history, BrokerProperties broker) {
        return new HeapBudget(
                Runtime.getRuntime().maxMemory(),
                broker.broker() == BrokerProperties.Kind.MEMORY
                        ? history.maxMemory().toBytes()
                        : 0,
                Ssl.isEnabled(server.getSsl()));
    }

    @Bean
    HeapReport pushwireHeapReport(HeapBudget heap, ConnectionRegistry registry, WebSocketProperties properties) {
        return new HeapReport(
                heap,
                registry.maxConnections(),
                properties.compression().enabled() && properties.compression().contextTakeover());
    }

    @Bean
    ClientMemory pushwireClientMemory(HeapBudget heap) {
        return new ClientMemory(heap.clients());
    }

    @Bean
    ConnectionRegistry pushwireConnectionRegistry(
            WebSocketProperties properties, HeapBudget heap, ClientMemory memory) {
        Integer most = properties.maxConnections();
        return new ConnectionRegistry(
                most != null ? most : heap.defaultConnections(Descriptors.forConnections()), memory, heap.connection());
    }

    @Bean
    EventLoopGroup pushwireEventLoopGroup(
            NodeName self,
            WebSocketProperties properties,
            Limits limits,
            ObjectProvider<EngineSettings> socketIo,
            ClientMemory memory) {
        Duration sweepInterval = Stream.concat(
                        Stream.of(limits.sweepInterval()), socketIo.stream().map(EngineSettings::sweepInterval))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new EventLoopGroup(
                self.value(),
                properties.loops(),
                sweepInterval,
                properties.compression().settings(),
                memory);
    }

    @Bean
    EndpointMappings pushwireEndpointMappings(
            ApplicationContext context,
            Limits limits,
            LimitsProperties clientLimits,
            ConnectionRegistry registry,
            WebSocketMeters meters) {
        List<EndpointMappings.Entry> entries = new ArrayList<>();
        context.getBeansOfType(Endpoint.class).forEach((name, endpoint) -> {
            EndpointMapping mapping = context.findAnnotationOnBean(name, EndpointMapping.class);
            if (mapping == null) {
                throw new IllegalStateException(
                        "The bean '" + name + "' is an Endpoint: give its class an @EndpointMapping with its path");
            }
            for (String pattern : mapping.value()) {
                EndpointBinding binding = new EndpointBinding(
                        pattern,
                        endpoint,
                        mapping.execution(),
                        mapping.authenticatesLate(),
                        mapping.rateLimit(),
                        clientLimits.messagesPerSecond(),
                        limits,
                        registry,
                        meters);
                entries.add(new EndpointMappings.Entry(name, binding, subprotocols(mapping)));
                meters.announce(pattern);
            }
        });
        return new EndpointMappings(entries);
    }

    /** The subprotocol that carries a token is every endpoint's last choice. */
    private static List<String> subprotocols(EndpointMapping mapping) {
        return Stream.concat(Arrays.stream(mapping.subprotocols()), Stream.of(HandshakeToken.SUBPROTOCOL))
                .toList();
    }

    @Bean
    Upgrade pushwireUpgrade(
            EventLoopGroup loops,
            ConnectionRegistry registry,
            WebSocketProperties properties,
            Admission admission,
            WebSocketMeters meters) {
        return new Upgrade(
                loops,
                registry,
                new OriginPolicy(properties.allowedOrigins()),
                admission,
                properties.compression().policy(),
                meters);
    }

    @Bean
    Streams pushwireStreams(EventLoopGroup loops, ConnectionRegistry registry, Limits limits, WebSocketMeters meters) {
        return new Streams(loops, registry, limits, meters::ofStreams);
    }

    /** There are at most as many waiting requests as connections, and each takes as much of the heap. */
    @Bean
    LateResponses pushwireLateResponses(
            EventLoopGroup loops,
            ConnectionRegistry registry,
            Limits limits,
            ClientMemory memory,
            HeapBudget heap,
            WebSocketMeters meters) {
        ConnectionRegistry places = new ConnectionRegistry(registry.maxConnections(), memory, heap.connection());
        meters.observeWaiting(places);
        return new LateResponses(loops, places, limits);
    }

    @Bean
    TomcatCheck pushwireTomcatCheck() {
        return new TomcatCheck();
    }

    /** The filter runs after every other filter: forwarded headers have been applied, and security has decided. */
    @Bean
    FilterRegistrationBean<UpgradeFilter> pushwireUpgradeFilter(
            EndpointMappings mappings, Upgrade upgrade, WebSocketMeters meters) {
        FilterRegistrationBean<UpgradeFilter> registration =
                new FilterRegistrationBean<>(new UpgradeFilter(mappings, upgrade, meters));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    /**
     * The filter replaces Spring Boot's. It runs before every other filter, as that one does, and only if the property
     * asks for it.
     */
    @Bean
    @ConditionalOnProperty(name = "server.forward-headers-strategy", havingValue = "framework")
    FilterRegistrationBean<ForwardedHeaderFilter> pushwireForwardedHeaders(
            WebSocketMeters meters, ObjectProvider<ForwardedHeaderFilterCustomizer> customizers) {
        ForwardedHeaders filter = new ForwardedHeaders(meters);
        customizers.ifAvailable(customizer -> customizer.customize(filter));
        FilterRegistrationBean<ForwardedHeaderFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** The mapping comes after the controllers, which may use the same paths, and before the static files. */
    @Bean
    SimpleUrlHandlerMapping pushwireUpgradeRequired(
            EndpointMappings mappings, Upgrade upgrade, CrossOrigin crossOrigin) {
        UpgradeRequired handler = new UpgradeRequired(mappings, upgrade, crossOrigin);
        return new SimpleUrlHandlerMapping(
                mappings.patterns().stream().collect(Collectors.toMap(Function.identity(), _ -> handler)),
                Ordered.LOWEST_PRECEDENCE - 2);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> pushwireHijackableProtocol(
            WebSocketProperties properties,
            ConnectionRegistry registry,
            WebSocketMeters meters,
            HeapBudget heap,
            Environment environment) {
        return factory -> {
            TomcatProtocolHandlerCustomizer<HijackableProtocol> settings = protocol -> {
                protocol.setHeaderTimeout(properties.handshakeTimeout());
                protocol.setEdgeListener(meters);
                protocol.setDraining(registry::draining);
                if (!environment.containsProperty("server.tomcat.max-connections")) {
                    protocol.limitConnections(heap.httpConnections());
                }
            };
            factory.setProtocol(HijackableProtocol.class.getName());
            factory.addProtocolHandlerCustomizers(settings);
            for (Connector added : factory.getAdditionalConnectors()) { // the factory leaves these as they are
                if (added.getProtocolHandler() instanceof HijackableProtocol protocol) {
                    settings.customize(protocol);
                }
            }
            factory.setEngineValves(ForwardedAddresses.before(factory.getEngineValves()));
            factory.addEngineValves(new ForeignConnectors());
        };
    }
}
