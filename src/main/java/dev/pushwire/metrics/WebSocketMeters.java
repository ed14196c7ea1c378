package dev.pushwire.metrics;

import static dev.pushwire.metrics.WebSocketMeter.ACCEPT_FAILURES;
import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_ACTIVE;
import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_CLOSED;
import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_LIMIT;
import static dev.pushwire.metrics.WebSocketMeter.CONNECTIONS_OPENED;
import static dev.pushwire.metrics.WebSocketMeter.HANDSHAKES;
import static dev.pushwire.metrics.WebSocketMeter.HANDSHAKE_TIMEOUTS;
import static dev.pushwire.metrics.WebSocketMeter.PING_RTT;
import static dev.pushwire.metrics.WebSocketMeter.PUBLISH_LATENCY;
import static dev.pushwire.metrics.WebSocketMeter.SESSION_DURATION;

import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.Ending;
import dev.pushwire.connection.EventLoop;
import dev.pushwire.connection.PublishListener;
import dev.pushwire.hijack.EdgeListener;
import dev.pushwire.hijack.HandshakeListener;
import dev.pushwire.hijack.HandshakeResult;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.Hub;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the meters of the {@link WebSocketMeter} catalogue. What happens seldom, it is told and counts; traffic is counted by
 * each event loop for itself, and only read here when the meters are. Thread-safe.
 */
public final class WebSocketMeters implements ConnectionListener, HandshakeListener, EdgeListener, PublishListener {
    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> active = new ConcurrentHashMap<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Counter handshakeTimeouts;
    private final Counter acceptFailures;
    private final Timer pingRtt;
    private final Timer publishLatency;

    public WebSocketMeters(MeterRegistry registry) {
        this.registry = registry;
        this.handshakeTimeouts = counter(HANDSHAKE_TIMEOUTS);
        this.acceptFailures = counter(ACCEPT_FAILURES);
        this.pingRtt = timer(PING_RTT, Buckets.ROUND_TRIP);
        this.publishLatency = timer(PUBLISH_LATENCY, Buckets.LATENCY);
    }

    /** Registers what is read from the loops themselves. */
    public void observe(List<EventLoop> loops) {
        new LoopMeters(loops).bindTo(registry);
    }

    /** Registers how many connections there may be. */
    public void observe(ConnectionRegistry connections) {
        Gauge.builder(CONNECTIONS_LIMIT.meterName(), connections, ConnectionRegistry::maxConnections)
                .description(CONNECTIONS_LIMIT.description())
                .register(registry);
    }

    /** Registers what is read from the hub of topics. */
    public void observe(Hub hub) {
        new TopicMeters(hub).bindTo(registry);
    }

    /** Registers an endpoint's meters, so that they are there before its first connection: see {@link Foreseen}. */
    public void announce(String endpoint) {
        activeOn(endpoint);
        counter(CONNECTIONS_OPENED, endpoint);
        durationOn(endpoint);
        for (HandshakeResult result : HandshakeResult.values()) {
            Foreseen.statuses(result).forEach(status -> answers(endpoint, result, status));
        }
        Foreseen.CLOSE_CODES.forEach(
                (ending, codes) -> codes.forEach(code -> closes(endpoint, ending, new CloseStatus(code))));
    }

    @Override
    public void opened(String endpoint) {
        activeOn(endpoint).incrementAndGet();
        counter(CONNECTIONS_OPENED, endpoint).increment();
    }

    @Override
    public void ponged(String endpoint, long nanos) {
        pingRtt.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void lasted(String endpoint, long nanos) {
        durationOn(endpoint).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void closed(String endpoint, Ending ending, CloseStatus status) {
        activeOn(endpoint).decrementAndGet();
        closes(endpoint, ending.getClass(), status).increment();
    }

    @Override
    public void answered(String endpoint, HandshakeResult result, int status) {
        answers(endpoint, result, status).increment();
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
    public void written(long nanos) {
        publishLatency.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter answers(String endpoint, HandshakeResult result, int status) {
        return counter(HANDSHAKES, endpoint, result.name().toLowerCase(Locale.ROOT), Integer.toString(status));
    }

    private Counter closes(String endpoint, Class<? extends Ending> ending, CloseStatus status) {
        return counter(CONNECTIONS_CLOSED, endpoint, bounded(status.code()), ending.getSimpleName());
    }

    private AtomicInteger activeOn(String endpoint) {
        return active.computeIfAbsent(endpoint, path -> {
            AtomicInteger count = new AtomicInteger();
            Gauge.builder(CONNECTIONS_ACTIVE.meterName(), count, AtomicInteger::get)
                    .description(CONNECTIONS_ACTIVE.description())
                    .tags(CONNECTIONS_ACTIVE.tags(path))
                    .register(registry);
            return count;
        });
    }

    private Timer durationOn(String endpoint) {
        return durations.computeIfAbsent(endpoint, path -> timer(SESSION_DURATION, Buckets.SESSION, path));
    }

    private Counter counter(WebSocketMeter meter, String... tagValues) {
        return Counter.builder(meter.meterName())
                .description(meter.description())
                .tags(meter.tags(tagValues))
                .register(registry);
    }

    private Timer timer(WebSocketMeter meter, Duration[] buckets, String... tagValues) {
        return Timer.builder(meter.meterName())
                .description(meter.description())
                .tags(meter.tags(tagValues))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** A peer may choose any of 2,000 private codes; as a tag they are two. */
    private static String bounded(int code) {
        return code < 3000 ? Integer.toString(code) : code / 1000 + "xxx";
    }
}
