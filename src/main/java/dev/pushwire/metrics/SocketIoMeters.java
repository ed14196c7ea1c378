package dev.pushwire.metrics;

import dev.pushwire.socketio.DisconnectReason;
import dev.pushwire.socketio.SocketIoListener;
import dev.pushwire.socketio.SocketIoServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Counts what happens in each namespace. The meters of a namespace exist from the start. */
public final class SocketIoMeters implements SocketIoListener {
    private static final String ACCEPTED = "accepted";

    private final MeterRegistry registry;
    private final Map<String, OfNamespace> namespaces = new ConcurrentHashMap<>();
    private final Counter invalidNamespace;

    public SocketIoMeters(MeterRegistry registry) {
        this.registry = registry;
        this.invalidNamespace = SocketIoMeter.CONNECTS.counter(registry, "none", name(Refusal.INVALID_NAMESPACE));
    }

    /** Registers the gauges of a server. */
    public void observe(SocketIoServer server) {
        SocketIoMeter.ROOMS_ACTIVE.gauge(registry, server, SocketIoServer::activeRooms);
        SocketIoMeter.SESSIONS_AWAY.gauge(registry, server, SocketIoServer::sessionsAway);
        SocketIoMeter.RECOVERY_MEMORY.gauge(registry, server, SocketIoServer::recoveryBytes);
        SocketIoMeter.UNFINISHED.gauge(registry, server, SocketIoServer::unfinished);
    }

    /** Registers how many WebSockets carry sessions of other nodes. */
    public void observeRelayed(IntSupplier relayed) {
        // A gauge does not keep its object alive: this one is a bean, and the supplier is not.
        SocketIoMeter.RELAYED.gauge(registry, this, _ -> relayed.getAsInt());
    }

    @Override
    public void announced(String namespace) {
        OfNamespace _ = of(namespace);
    }

    @Override
    public void connected(String namespace) {
        of(namespace).sockets.increment();
        of(namespace).accepted.increment();
    }

    @Override
    public void disconnected(String namespace, DisconnectReason reason) {
        of(namespace).sockets.decrement();
        Objects.requireNonNull(of(namespace).ended.get(reason)).increment();
    }

    @Override
    public void refused(String namespace, Refusal refusal) {
        if (refusal == Refusal.INVALID_NAMESPACE) {
            invalidNamespace.increment();
        } else {
            Objects.requireNonNull(of(namespace).refused.get(refusal)).increment();
        }
    }

    @Override
    public void received(String namespace, boolean handled) {
        (handled ? of(namespace).handled : of(namespace).unhandled).increment();
    }

    @Override
    public void emitted(String namespace) {
        of(namespace).emitted.increment();
    }

    @Override
    public void acked(String namespace, AckResult result) {
        Objects.requireNonNull(of(namespace).acks.get(result)).increment();
    }

    @Override
    public void returned(String namespace, RecoveryResult result) {
        Objects.requireNonNull(of(namespace).recoveries.get(result)).increment();
    }

    @Override
    public void unavailable(String namespace) {
        of(namespace).unavailable.increment();
    }

    @Override
    public void interrupted(String namespace) {
        of(namespace).interruptions.increment();
    }

    @Override
    public void handlerFailed(String namespace) {
        of(namespace).failures.increment();
    }

    private OfNamespace of(String namespace) {
        OfNamespace present = namespaces.get(namespace);
        return present != null ? present : namespaces.computeIfAbsent(namespace, OfNamespace::new);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private final class OfNamespace {
        final LongAdder sockets = new LongAdder();
        final Counter accepted;
        final Counter handled;
        final Counter unhandled;
        final Counter emitted;
        final Counter failures;
        final Counter unavailable;
        final Counter interruptions;
        final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
        final Map<DisconnectReason, Counter> ended = new EnumMap<>(DisconnectReason.class);
        final Map<RecoveryResult, Counter> recoveries = new EnumMap<>(RecoveryResult.class);
        final Map<AckResult, Counter> acks = new EnumMap<>(AckResult.class);

        OfNamespace(String namespace) {
            SocketIoMeter.SOCKETS_ACTIVE.gauge(registry, sockets, LongAdder::sum, namespace);
            accepted = SocketIoMeter.CONNECTS.counter(registry, namespace, ACCEPTED);
            handled = SocketIoMeter.EVENTS_RECEIVED.counter(registry, namespace, "handled");
            unhandled = SocketIoMeter.EVENTS_RECEIVED.counter(registry, namespace, "unhandled");
            emitted = SocketIoMeter.EVENTS_EMITTED.counter(registry, namespace);
            failures = SocketIoMeter.HANDLER_FAILURES.counter(registry, namespace);
            unavailable = SocketIoMeter.UNAVAILABLE.counter(registry, namespace);
            interruptions = SocketIoMeter.INTERRUPTIONS.counter(registry, namespace);
            for (Refusal refusal : Refusal.values()) {
                if (refusal != Refusal.INVALID_NAMESPACE) {
                    refused.put(refusal, SocketIoMeter.CONNECTS.counter(registry, namespace, name(refusal)));
                }
            }
            for (DisconnectReason reason : DisconnectReason.values()) {
                ended.put(reason, SocketIoMeter.DISCONNECTS.counter(registry, namespace, name(reason)));
            }
            for (RecoveryResult result : RecoveryResult.values()) {
                recoveries.put(result, SocketIoMeter.RECOVERIES.counter(registry, namespace, name(result)));
            }
            for (AckResult result : AckResult.values()) {
                acks.put(result, SocketIoMeter.ACKS.counter(registry, namespace, name(result)));
            }
        }
    }
}
