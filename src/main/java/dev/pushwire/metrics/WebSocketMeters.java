package dev.pushwire.metrics;

import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.Ending;
import dev.pushwire.connection.EventLoop;
import dev.pushwire.connection.TrafficCounters;
import dev.pushwire.hijack.HandshakeListener;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Opcode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/**
 * All meters of the engine, by name. Tags are bounded: an endpoint is its path pattern, a close code outside the
 * registered range is its thousand.
 *
 * <pre>
 * websocket.connections.active   gauge    endpoint          connections open now
 * websocket.connections.opened   counter  endpoint          connections since the start
 * websocket.connections.closed   counter  endpoint, code, ending
 * websocket.handshakes           counter  endpoint, status  opening handshakes answered, by HTTP status
 * websocket.frames.received      counter  opcode
 * websocket.frames.sent          counter  opcode
 * websocket.messages.received    counter                    whole messages
 * websocket.messages.sent        counter                    whole messages, one for each connection it went to
 * websocket.bytes.received       counter                    on the wire, behind the handshake
 * websocket.bytes.sent           counter                    on the wire, behind the handshake
 * websocket.inflate.bytes        counter  stage             payload of compressed messages received, before and after
 * websocket.deflate.bytes        counter  stage             messages sent compressed, before and after
 * </pre>
 *
 * Traffic is counted by each event loop for itself and added up when the meters are read.
 */
public final class WebSocketMeters implements ConnectionListener, HandshakeListener {
    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> active = new ConcurrentHashMap<>();

    public WebSocketMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers what is read from the loops themselves. */
    public void observe(List<EventLoop> loops) {
        for (Opcode opcode : Opcode.values()) {
            String tag = opcode.name().toLowerCase(Locale.ROOT);
            sum(loops, "websocket.frames.received", "Frames received", counters -> counters.framesReceived(opcode))
                    .tag("opcode", tag)
                    .register(registry);
            sum(loops, "websocket.frames.sent", "Frames sent", counters -> counters.framesSent(opcode))
                    .tag("opcode", tag)
                    .register(registry);
        }
        compression(loops, "websocket.inflate.bytes", "before", TrafficCounters::bytesBeforeInflating);
        compression(loops, "websocket.inflate.bytes", "after", TrafficCounters::bytesAfterInflating);
        compression(loops, "websocket.deflate.bytes", "before", TrafficCounters::bytesBeforeDeflating);
        compression(loops, "websocket.deflate.bytes", "after", TrafficCounters::bytesAfterDeflating);
        sum(loops, "websocket.messages.received", "Messages received", TrafficCounters::messagesReceived)
                .register(registry);
        sum(loops, "websocket.messages.sent", "Messages sent, once for each connection", TrafficCounters::messagesSent)
                .register(registry);
        sum(loops, "websocket.bytes.received", "Bytes received behind the handshake", TrafficCounters::bytesReceived)
                .register(registry);
        sum(loops, "websocket.bytes.sent", "Bytes sent behind the handshake", TrafficCounters::bytesSent)
                .register(registry);
    }

    private void compression(List<EventLoop> loops, String name, String stage, ToLongFunction<TrafficCounters> count) {
        sum(loops, name, "Bytes of compressed messages", count)
                .tag("stage", stage)
                .register(registry);
    }

    private static FunctionCounter.Builder<List<EventLoop>> sum(
            List<EventLoop> loops, String name, String description, ToLongFunction<TrafficCounters> count) {
        return FunctionCounter.builder(
                        name,
                        loops,
                        all -> all.stream()
                                .mapToLong(loop -> count.applyAsLong(loop.counters()))
                                .sum())
                .description(description);
    }

    /** Registers an endpoint's meters, so that they are there before its first connection. */
    public void announce(String endpoint) {
        activeOn(endpoint);
        opened(registry, endpoint);
    }

    @Override
    public void opened(String endpoint) {
        activeOn(endpoint).incrementAndGet();
        opened(registry, endpoint).increment();
    }

    @Override
    public void closed(String endpoint, Ending ending, CloseStatus status) {
        activeOn(endpoint).decrementAndGet();
        Counter.builder("websocket.connections.closed")
                .description("Connections closed")
                .tag("endpoint", endpoint)
                .tag("code", bounded(status.code()))
                .tag("ending", ending.getClass().getSimpleName())
                .register(registry)
                .increment();
    }

    @Override
    public void answered(String endpoint, int status) {
        Counter.builder("websocket.handshakes")
                .description("Opening handshakes answered")
                .tag("endpoint", endpoint)
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }

    private AtomicInteger activeOn(String endpoint) {
        return active.computeIfAbsent(endpoint, path -> {
            AtomicInteger count = new AtomicInteger();
            Gauge.builder("websocket.connections.active", count, AtomicInteger::get)
                    .description("Connections open now")
                    .tag("endpoint", path)
                    .register(registry);
            return count;
        });
    }

    private static Counter opened(MeterRegistry registry, String endpoint) {
        return Counter.builder("websocket.connections.opened")
                .description("Connections opened")
                .tag("endpoint", endpoint)
                .register(registry);
    }

    /** A peer may choose any of 2,000 private codes; as a tag they are two. */
    private static String bounded(int code) {
        return code < 3000 ? Integer.toString(code) : code / 1000 + "xxx";
    }
}
