package dev.pushwire.autoconfigure;

import dev.pushwire.access.AddressAllowances;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.api.EmitController;
import dev.pushwire.broker.Broker;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.engineio.EngineEndpoint;
import dev.pushwire.engineio.EngineRequests;
import dev.pushwire.engineio.EngineServer;
import dev.pushwire.engineio.EngineSessions;
import dev.pushwire.engineio.EngineSettings;
import dev.pushwire.engineio.PollingSessions;
import dev.pushwire.engineio.Relays;
import dev.pushwire.metrics.SocketIoMeters;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRoutes;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.socketio.NodeSearches;
import dev.pushwire.socketio.SocketIo;
import dev.pushwire.socketio.SocketIoNamespace;
import dev.pushwire.socketio.SocketIoNodes;
import dev.pushwire.socketio.SocketIoServer;
import dev.pushwire.socketio.SocketIoSettings;
import dev.pushwire.tomcat.CrossOrigin;
import dev.pushwire.tomcat.LateResponses;
import dev.pushwire.tomcat.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The beans of Socket.IO. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSwitch("pushwire.socketio.enabled")
class SocketIoConfiguration {
    /** The share of the clients' heap for packets whose attachments have not all come. */
    private static final int UNFINISHED_SHARE = 16;

    /** The share of the clients' heap for what is kept for clients that come back. */
    private static final int RECOVERY_SHARE = 16;

    /**
     * How many searches without a result clients of one address may cause: enough for an office whose node has died,
     * and little for the other nodes.
     */
    private static final int SEARCHES_PER_MINUTE = 600;

    private static final Duration SWEEP = Duration.ofSeconds(1);

    /** The pause between two looks for what no client needs any more. */
    private static final Duration TIDY_UP = Duration.ofSeconds(5);

    @Bean
    SocketIoMeters pushwireSocketIoMeters(MeterRegistry registry) {
        return new SocketIoMeters(registry);
    }

    @Bean
    SocketIoServer pushwireSocketIoServer(
            SocketIoProperties properties,
            WebSocketProperties webSocket,
            HeapBudget heap,
            NodeName self,
            Broker broker,
            ClusterBus bus,
            SessionGroup.Factory groups,
            ObjectProvider<JsonMapper> mapper,
            TokenVerifier verifier,
            ClientSessions clients,
            LimitListener limits,
            SocketIoMeters meters,
            PeriodicTasks tasks) {
        SocketIoSettings settings = new SocketIoSettings(
                properties.connectTimeout(),
                properties.ackTimeout(),
                properties.maxNamespaces(),
                properties.maxRooms(),
                (int) webSocket.maxMessageSize().toBytes(),
                heap.clients() / UNFINISHED_SHARE,
                verifier.isConfigured(),
                properties.recovery(heap.clients() / RECOVERY_SHARE));
        SocketIoServer server = new SocketIoServer(
                settings,
                new SocketIoNodes(self, broker, bus, searches(limits)),
                groups,
                mapper.getIfAvailable(JsonMapper::shared),
                clients,
                meters);
        meters.observe(server);
        tasks.every(TIDY_UP, () -> server.tidyUp(System.nanoTime()));
        return server;
    }

    private static NodeSearches searches(LimitListener limits) {
        AddressAllowances allowances =
                new AddressAllowances(SEARCHES_PER_MINUTE, Limit.SEARCHES_PER_MINUTE, limits, System::nanoTime);
        return new NodeSearches() {
            @Override
            public boolean allows(String remoteAddress) {
                return allowances.has(remoteAddress);
            }

            @Override
            public void foundNothing(String remoteAddress) {
                allowances.take(remoteAddress);
            }
        };
    }

    /** Hands the sockets of absent clients over to the other nodes, at the last moment at which nodes can talk. */
    @Bean
    LastStep pushwireSocketIoHandover(SocketIoServer server) {
        return new LastStep(2, server::handOver);
    }

    @Bean
    SocketIo pushwireSocketIo(SocketIoServer server) {
        return server.sockets();
    }

    /** Runs when all beans exist, since beans that serve namespaces may want to emit, too. */
    @Bean
    SmartInitializingSingleton pushwireSocketIoNamespaces(ApplicationContext context, SocketIoServer server) {
        return () -> {
            List<Object> beans = new ArrayList<>(
                    context.getBeansWithAnnotation(SocketIoNamespace.class).values());
            AnnotationAwareOrderComparator.sort(beans);
            server.serve(beans);
        };
    }

    @Bean
    EngineSettings pushwireEngineSettings(SocketIoProperties properties, WebSocketProperties webSocket) {
        return new EngineSettings(
                properties.transports(),
                properties.allowUpgrades(),
                properties.pingInterval(),
                properties.pingTimeout(),
                (int) webSocket.maxMessageSize().toBytes());
    }

    @Bean
    EngineServer pushwireEngineServer(
            EngineSettings settings, NodeName self, SocketIoServer server, PeriodicTasks tasks) {
        EngineServer engine = new EngineServer(settings, () -> SessionId.random(self), server);
        tasks.every(SWEEP, () -> engine.sweep(System.nanoTime()));
        return engine;
    }

    @Bean
    SessionRoutes pushwireEngineRoutes(EngineServer server, NodeName self, ClusterBus nodes) {
        return new SessionRoutes(self, nodes, "engine-io", new EngineSessions(server));
    }

    @Bean
    Relays pushwireEngineRelays(SessionRoutes routes, SocketIoMeters meters, PeriodicTasks tasks) {
        Relays relays = new Relays(routes);
        meters.observeRelayed(relays::carrying);
        tasks.every(SWEEP, () -> relays.sweep(System.nanoTime()));
        return relays;
    }

    @Bean
    EngineEndpoint pushwireEngineEndpoint(EngineServer server, Relays relays) {
        return new EngineEndpoint(server, relays);
    }

    @Bean
    SharedRoutes pushwireSharedSocketIo() {
        return new SharedRoutes(Stream.of("GET", "POST", "OPTIONS")
                .flatMap(method -> Stream.of(method + " /socket.io", method + " /socket.io/"))
                .toList());
    }

    /** The mapping comes before the one that answers requests without a WebSocket for other endpoints. */
    @Bean
    SimpleUrlHandlerMapping pushwireEngineRequests(
            EngineSettings settings,
            SessionRoutes routes,
            EngineEndpoint endpoint,
            Streams streams,
            LateResponses late,
            Admission admission,
            CrossOrigin origins,
            WebSocketProperties webSocket,
            LimitsProperties limits) {
        PollingSessions sessions =
                new PollingSessions(streams, admission, endpoint, settings.patience(), limits.messagesPerSecond());
        EngineRequests handler =
                new EngineRequests(settings, sessions, routes, late, origins, webSocket.handshakeTimeout());
        return new SimpleUrlHandlerMapping(
                Map.of("/socket.io", handler, "/socket.io/", handler), Ordered.LOWEST_PRECEDENCE - 3);
    }

    /** Emitting over HTTP, if the HTTP API is enabled. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSwitch(value = "pushwire.api.enabled", byDefault = false)
    @Import(EmitController.class)
    static class Api {}
}
