package dev.pushwire.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The catalogue of meters of Socket.IO. {@link WebSocketMeter} has all others. A namespace that matches a pattern is
 * counted by the pattern.
 */
public enum SocketIoMeter {
    SOCKETS_ACTIVE(
            "socketio.sockets.active",
            true,
            "",
            "sockets connected now, one for each client and namespace",
            "namespace"),
    CONNECTS(
            "socketio.connects",
            false,
            "",
            "attempts of clients to connect to a namespace, by result",
            "namespace",
            "result"),
    DISCONNECTS(
            "socketio.disconnects", false, "", "sockets that left their namespace, by reason", "namespace", "reason"),
    EVENTS_RECEIVED("socketio.events.received", false, "", "events that clients emitted", "namespace", "result"),
    EVENTS_EMITTED(
            "socketio.events.emitted",
            false,
            "",
            "events emitted to clients; each counts once, however many clients get it",
            "namespace"),
    ACKS("socketio.acks", false, "", "acknowledgements of clients", "namespace", "result"),
    HANDLER_FAILURES(
            "socketio.handler.failures",
            false,
            "",
            "calls of a handler that threw something, or whose arguments were not what it takes",
            "namespace"),
    RECOVERIES("socketio.recoveries", false, "", "clients that came back, by result", "namespace", "result"),
    SESSIONS_AWAY("socketio.sessions.away", true, "", "sockets whose clients were disconnected and may come back"),
    RECOVERY_MEMORY(
            "socketio.recovery.memory",
            true,
            "bytes",
            "what is kept for clients that may come back, without events to many"),
    UNAVAILABLE(
            "socketio.unavailable",
            false,
            "",
            "calls to the sockets of all nodes that failed because the broker was away",
            "namespace"),
    INTERRUPTIONS(
            "socketio.interruptions",
            false,
            "",
            "times that this node missed what other nodes said, because it was cut off from the broker",
            "namespace"),
    ROOMS_ACTIVE("socketio.rooms.active", true, "", "rooms with sockets of this node"),
    RELAYED(
            "socketio.relayed",
            true,
            "",
            "WebSockets of this node that carry a session of another one: all that goes over them goes over Redis too"),
    UNFINISHED("socketio.unfinished", true, "bytes", "what is kept of packets whose attachments have not all come");

    private final String meterName;
    private final boolean gauge;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // the list is immutable
    private final List<String> tagKeys;

    SocketIoMeter(String meterName, boolean gauge, String unit, String description, String... tagKeys) {
        this.meterName = meterName;
        this.gauge = gauge;
        this.unit = unit;
        this.description = description;
        this.tagKeys = List.of(tagKeys);
    }

    /** The name in Prometheus. */
    public String prometheusName() {
        String suffix = gauge ? (unit.isEmpty() ? "" : "_" + unit) : "_total";
        return meterName.replace('.', '_') + suffix;
    }

    /** Whether it goes up and down; if not, it only goes up. */
    public boolean isGauge() {
        return gauge;
    }

    public String description() {
        return description;
    }

    public List<String> tagKeys() {
        return tagKeys;
    }

    /** Registers a counter, or finds the registered one. */
    Counter counter(MeterRegistry registry, String... tagValues) {
        return Counter.builder(meterName)
                .description(description)
                .tags(tags(tagValues))
                .register(registry);
    }

    /** Registers a gauge. */
    <T> void gauge(MeterRegistry registry, T of, ToDoubleFunction<T> value, String... tagValues) {
        Gauge.builder(meterName, of, value)
                .baseUnit(unit.isEmpty() ? null : unit)
                .description(description)
                .tags(tags(tagValues))
                .register(registry);
    }

    private List<Tag> tags(String... values) {
        if (values.length != tagKeys.size()) {
            throw new IllegalArgumentException(meterName + " has the tags " + tagKeys);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(tagKeys.get(i), values[i]));
        }
        return tags;
    }
}
