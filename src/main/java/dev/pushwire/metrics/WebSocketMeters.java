package dev.pushwire.metrics;

import static dev.pushwire.metrics.WebSocketMeter.ACCEPT_FAILURES;
import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_LIMIT;
import static dev.pushwire.metrics.WebSocketMeter.HANDSHAKES;
import static dev.pushwire.metrics.WebSocketMeter.HANDSHAKE_TIMEOUTS;
import static dev.pushwire.metrics.WebSocketMeter.MEMORY;
import static dev.pushwire.metrics.WebSocketMeter.MEMORY_LIMIT;
import static dev.pushwire.metrics.WebSocketMeter.PING_RTT;
import static dev.pushwire.metrics.WebSocketMeter.PUBLISH_LATENCY;
import static dev.pushwire.metrics.WebSocketMeter.REQUESTS_REFUSED;
import static dev.pushwire.metrics.WebSocketMeter.REQUESTS_WAITING;

import dev.pushwire.connection.ClientMemory;
import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.Ending;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoop;
import dev.pushwire.connection.PublishListener;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.Hub;
import dev.pushwire.tomcat.EdgeListener;
import dev.pushwire.tomcat.HandshakeListener;
import dev.pushwire.tomcat.HandshakeResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the meters of the {@link WebSocketMeter} catalogue. It is told of rare events, and counts them. Each event loop
 * counts its own traffic, which is only read here when the meters are. Thread-safe.
 */
public final class WebSocketMeters implements ConnectionListener, HandshakeListener, EdgeListener, PublishListener {
    private final MeterRegistry registry;
    private final Map<Carried, EndpointMeters> endpoints = new ConcurrentHashMap<>();
    private final Map<Answer, Counter> answers = new ConcurrentHashMap<>();
    private final Set<String> transports = new HashSet<>(Set.of(EndpointBinding.WEBSOCKET));
    private @Nullable LoopMeters loopMeters;
    private final Counter handshakeTimeouts;
    private final Counter acceptFailures;
    private final LimitMeters limits;
    private final Timer pingRtt;
    private final Timer publishLatency;

    private record Carried(String endpoint, String transport) {}

    private record Answer(String endpoint, HandshakeResult result, int status) {}

    public WebSocketMeters(MeterRegistry registry) {
        this.registry = registry;
        this.handshakeTimeouts = HANDSHAKE_TIMEOUTS.counter(registry);
        this.acceptFailures = ACCEPT_FAILURES.counter(registry);
        PreregisteredSeries.REFUSED_REQUESTS.forEach(this::refusals);
        this.limits = new LimitMeters(registry);
        this.pingRtt = PING_RTT.timer(registry, Buckets.ROUND_TRIP);
        this.publishLatency = PUBLISH_LATENCY.timer(registry, Buckets.LATENCY);
    }

    /** Registers what is read from the loops. */
    public synchronized void observe(List<EventLoop> loops) {
        LoopMeters observed = new LoopMeters(loops);
        observed.bindTo(registry);
        transports.forEach(transport -> observed.bindTo(registry, transport));
        loopMeters = observed;
    }

    /** Registers how many connections there may be. */
    public void observe(ConnectionRegistry connections) {
        Gauge.builder(CONNECTIONS_LIMIT.meterName(), connections, ConnectionRegistry::maxConnections)
                .description(CONNECTIONS_LIMIT.description())
                .register(registry);
    }

    /** Registers how many requests wait, by the places that they take. */
    public void observeWaiting(ConnectionRegistry places) {
        Gauge.builder(REQUESTS_WAITING.meterName(), places, ConnectionRegistry::size)
                .description(REQUESTS_WAITING.description())
                .register(registry);
    }

    /** Registers how much of the heap clients take, and may take. */
    public void observe(ClientMemory memory) {
        bytes(MEMORY, memory, ClientMemory::held);
        bytes(MEMORY_LIMIT, memory, ClientMemory::limit);
    }

    private void bytes(WebSocketMeter meter, ClientMemory memory, ToDoubleFunction<ClientMemory> value) {
        Gauge.builder(meter.meterName(), memory, value)
                .description(meter.description())
                .baseUnit(meter.unit())
                .register(registry);
    }

    /** Registers what is read from the hub of topics. */
    public void observe(Hub hub) {
        new TopicMeters(hub).bindTo(registry);
    }

    /** Registers an endpoint's meters before its first connection: see {@link PreregisteredSeries}. */
    public void announce(String endpoint) {
        of(endpoint, EndpointBinding.WEBSOCKET).foresee();
        for (HandshakeResult result : HandshakeResult.values()) {
            PreregisteredSeries.statuses(result).forEach(status -> answers(new Answer(endpoint, result, status)));
        }
    }

    @Override
    public void ponged(String endpoint, long nanos) {
        pingRtt.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void opened(String endpoint) {
        of(endpoint, EndpointBinding.WEBSOCKET).opened();
    }

    @Override
    public void lasted(String endpoint, long nanos) {
        of(endpoint, EndpointBinding.WEBSOCKET).lasted(nanos);
    }

    @Override
    public void closed(String endpoint, Ending ending, CloseStatus status) {
        if (ending instanceof Ending.TooManyMessages) {
            limits.exceeded(Limit.MESSAGES_PER_SECOND);
        }
        of(endpoint, EndpointBinding.WEBSOCKET).closed(ending, status);
    }

    /**
     * The listener for an endpoint's streams of one kind. Their meters exist from now on, as those of {@link #announce}
     * do.
     */
    public ConnectionListener ofStreams(String pattern, String transport) {
        of(pattern, transport).foresee();
        carry(transport);
        return new ConnectionListener() {
            @Override
            public void opened(String endpoint) {
                of(endpoint, transport).opened();
            }

            @Override
            public void lasted(String endpoint, long nanos) {
                of(endpoint, transport).lasted(nanos);
            }

            @Override
            public void closed(String endpoint, Ending ending, CloseStatus status) {
                of(endpoint, transport).closed(ending, status);
            }
        };
    }

    @Override
    public void answered(String endpoint, HandshakeResult result, int status) {
        answers(new Answer(endpoint, result, status)).increment();
    }

    @Override
    public void timedOut() {
        handshakeTimeouts.increment();
    }

    @Override
    public void acceptFailed() {
        acceptFailures.increment();
    }

    @Override
    public void refused(int status) {
        refusals(status).increment();
    }

    private Counter refusals(int status) {
        return REQUESTS_REFUSED.counter(registry, Integer.toString(status));
    }

    @Override
    public void written(long nanos) {
        publishLatency.record(nanos, TimeUnit.NANOSECONDS);
    }

    private synchronized void carry(String transport) {
        if (transports.add(transport) && loopMeters != null) {
            loopMeters.bindTo(registry, transport);
        }
    }

    private EndpointMeters of(String endpoint, String transport) {
        return endpoints.computeIfAbsent(
                new Carried(endpoint, transport), _ -> new EndpointMeters(registry, endpoint, transport));
    }

    private Counter answers(Answer answer) {
        return answers.computeIfAbsent(
                answer,
                _ -> HANDSHAKES.counter(
                        registry,
                        answer.endpoint(),
                        answer.result().name().toLowerCase(Locale.ROOT),
                        Integer.toString(answer.status())));
    }
}
