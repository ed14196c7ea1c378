package dev.pushwire.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue of meters: their names and what they mean. {@code docs/metrics.md} shows it as a table. No other meter
 * is registered under {@code websocket.}, and no meter has other tags.
 *
 * <p>Every tag has few values: an endpoint is its path pattern, never a path, a topic or a user. A transport is
 * {@code websocket}, or the name of a kind of stream.
 */
public enum WebSocketMeter {
    CONNECTIONS_ACTIVE("websocket.connections.active", Type.GAUGE, "", "connections open now", "endpoint", "transport"),
    CONNECTIONS_LIMIT("websocket.connections.limit", Type.GAUGE, "", "connections that may be open at a time"),
    CONNECTIONS_OPENED("websocket.connections.opened", Type.COUNTER, "", "connections opened", "endpoint", "transport"),
    CONNECTIONS_CLOSED(
            "websocket.connections.closed",
            Type.COUNTER,
            "",
            "connections closed, by the code that the endpoint was told and by what ended them",
            "endpoint",
            "transport",
            "code",
            "ending"),
    SESSION_DURATION(
            "websocket.session.duration",
            Type.TIMER,
            "seconds",
            "how long connections were open, noted when they close",
            "endpoint",
            "transport"),
    HANDSHAKES(
            "websocket.handshakes",
            Type.COUNTER,
            "",
            "opening handshakes answered, by HTTP status and by result",
            "endpoint",
            "result",
            "status"),
    HANDSHAKE_TIMEOUTS(
            "websocket.handshake.timeouts",
            Type.COUNTER,
            "",
            "clients cut off because no whole request, or TLS handshake, came within `handshake-timeout`"),
    ACCEPT_FAILURES(
            "websocket.accept.failures",
            Type.COUNTER,
            "",
            "attempts to accept a connection that failed, mostly for want of file descriptors"),
    REQUESTS_REFUSED(
            "websocket.requests.refused",
            Type.COUNTER,
            "",
            "requests refused because they could not be read: no proper HTTP, or unreadable forwarded headers",
            "status"),
    STREAMS_ANSWERED(
            "websocket.streams.answered",
            Type.COUNTER,
            "",
            "requests for event streams answered, by HTTP status and by result",
            "endpoint",
            "result",
            "status"),
    PUSH_REQUESTS(
            "websocket.push.requests",
            Type.COUNTER,
            "",
            "requests answered at /push for clients without a WebSocket, by HTTP status and by kind",
            "request",
            "status"),
    REQUESTS_WAITING(
            "websocket.requests.waiting",
            Type.GAUGE,
            "",
            "polls that wait for a message to their session, which may be on another node"),
    LIMITS_EXCEEDED(
            "websocket.limits.exceeded", Type.COUNTER, "", "how often a client wanted more than it may have", "limit"),
    API_REFUSED(
            "websocket.api.refused",
            Type.COUNTER,
            "",
            "requests to the HTTP API that were refused: with no key or token, with a bad one, or with one that does not allow it",
            "reason"),
    FRAMES_RECEIVED("websocket.frames.received", Type.COUNTER, "", "frames received", "opcode"),
    FRAMES_SENT("websocket.frames.sent", Type.COUNTER, "", "frames sent", "opcode"),
    MESSAGES_RECEIVED("websocket.messages.received", Type.COUNTER, "", "whole messages received", "transport"),
    MESSAGES_SENT("websocket.messages.sent", Type.COUNTER, "", "messages sent, once for each connection", "transport"),
    BYTES_RECEIVED("websocket.bytes.received", Type.COUNTER, "", "bytes received behind the handshake", "transport"),
    BYTES_SENT("websocket.bytes.sent", Type.COUNTER, "", "bytes sent behind the handshake", "transport"),
    INFLATE_BYTES(
            "websocket.inflate.bytes",
            Type.COUNTER,
            "",
            "compressed messages received, in bytes before and after inflating",
            "stage"),
    DEFLATE_BYTES(
            "websocket.deflate.bytes",
            Type.COUNTER,
            "",
            "messages sent compressed, in bytes before and after deflating",
            "stage"),
    MESSAGES_SHED(
            "websocket.messages.shed",
            Type.COUNTER,
            "",
            "messages that slow clients missed, as their topics allow: dropped as the oldest, or conflated with newer ones",
            "how"),
    OUTBOX("websocket.outbox", Type.GAUGE, "bytes", "what waits in all outboxes for clients to read"),
    OUTBOX_FULLEST("websocket.outbox.fullest", Type.GAUGE, "bytes", "what waits in the fullest outbox"),
    MEMORY(
            "websocket.memory",
            Type.GAUGE,
            "bytes",
            "what connections take of the heap, with all that is kept for them: outboxes, unfinished and unhandled messages, subscriptions"),
    MEMORY_LIMIT(
            "websocket.memory.limit",
            Type.GAUGE,
            "bytes",
            "how much of the heap connections may take; beyond it those that hold most end"),
    PING_RTT("websocket.ping.rtt", Type.TIMER, "seconds", "from a ping to the pong that answers it"),
    LOOP_BUSY(
            "websocket.loop.busy.ratio",
            Type.GAUGE,
            "",
            "share of the last five seconds that an event loop worked, 0 to 1",
            "loop"),
    LOOP_PASS_MAX(
            "websocket.loop.pass.max",
            Type.GAUGE,
            "seconds",
            "longest pass of an event loop in the last minute or two, the present one included",
            "loop"),
    LOOP_INFLOW(
            "websocket.loop.inflow",
            Type.GAUGE,
            "bytes",
            "messages that an event loop still has to give to its connections; senders are held back above 256 KB",
            "loop"),
    PUBLISH_LATENCY(
            "websocket.publish.latency",
            Type.TIMER,
            "seconds",
            "from a message's hand-over to a group until its members were written to; sampled, the slowest of a pass"),
    TOPICS_ACTIVE("websocket.topics.active", Type.GAUGE, "", "topics with subscribers"),
    SUBSCRIPTIONS_ACTIVE("websocket.subscriptions.active", Type.GAUGE, "", "subscriptions to topics and patterns"),
    PATTERNS_ACTIVE(
            "websocket.patterns.active",
            Type.GAUGE,
            "",
            "different patterns with wildcards that this node is subscribed to; `pushwire.limits.patterns` bounds them"),
    TOPICS_HELD(
            "websocket.topics.held",
            Type.GAUGE,
            "",
            "topics that this node is subscribed to, with those whose last subscriber left seconds ago"),
    TOPICS_LIMIT("websocket.topics.limit", Type.GAUGE, "", "topics that there may be at a time"),
    TOPICS_KEPT(
            "websocket.topics.kept",
            Type.GAUGE,
            "",
            "topics kept in memory: those with subscribers, and those that remember something"),
    PUBLICATIONS("websocket.publications", Type.COUNTER, "", "messages published to topics"),
    DELIVERIES(
            "websocket.deliveries", Type.COUNTER, "", "publications handed to subscribers, once for each subscriber"),
    BROKER_UP(
            "websocket.broker.up",
            Type.GAUGE,
            "",
            "1 while this node is connected to Redis, else 0; without Redis always 1",
            "link"),
    BROKER_RECONNECTS(
            "websocket.broker.reconnects",
            Type.COUNTER,
            "",
            "how often connections to Redis were made anew after they were lost",
            "link"),
    BROKER_LAG(
            "websocket.broker.lag",
            Type.GAUGE,
            "seconds",
            "how far this node is behind in what Redis sends it, probed every 5 seconds; without Redis 0"),
    BROKER_TOPICS_BEHIND(
            "websocket.broker.topics.behind",
            Type.GAUGE,
            "",
            "topics of which messages wait: for subscribers that are behind, or for the history to be read; without Redis 0"),
    BROKER_WAITING(
            "websocket.broker.waiting",
            Type.GAUGE,
            "bytes",
            "messages from Redis that this node has not dealt with, with those of topics that are behind; without Redis 0"),
    BROKER_QUESTIONS_WAITING(
            "websocket.broker.questions.waiting",
            Type.GAUGE,
            "",
            "questions to other nodes that are not answered yet; at 50,000 further ones fail. Without Redis 0"),
    BROKER_CALL("websocket.broker.call", Type.TIMER, "seconds", "how long the broker took to answer", "operation"),
    BROKER_CALL_FAILURES(
            "websocket.broker.call.failures",
            Type.COUNTER,
            "",
            "calls that the broker did not answer: it could not be reached, or not in time",
            "operation"),
    BROKER_SUBSCRIBES_WAITING(
            "websocket.broker.subscribes.waiting",
            Type.GAUGE,
            "",
            "subscribers that wait until this node is subscribed to their topic or pattern"),
    BROKER_SUBSCRIBE(
            "websocket.broker.subscribe",
            Type.TIMER,
            "seconds",
            "how long it took to subscribe this node to a topic or pattern, the wait for its turn included"),
    BROKER_SUBSCRIBE_FAILURES(
            "websocket.broker.subscribe.failures",
            Type.COUNTER,
            "",
            "subscribers that were refused: the broker was unavailable, or too many were waiting",
            "failure"),
    HISTORY(
            "websocket.history",
            Type.GAUGE,
            "bytes",
            "what topics take on a node without Redis: publications, idempotency keys, and topics without subscribers"),
    HISTORY_EVICTED(
            "websocket.history.evicted",
            Type.COUNTER,
            "",
            "publications and idempotency keys forgotten before their time, because topics had reached `pushwire.history.max-memory`"),
    BROKER_REFUSED(
            "websocket.broker.refused",
            Type.COUNTER,
            "",
            "publications and members that Redis refused to keep, because its `maxmemory` was reached"),
    REVOCATIONS(
            "websocket.revocations",
            Type.GAUGE,
            "",
            "revocations that are kept, for all nodes together; with Redis as of the last 5 seconds"),
    REVOCATIONS_LIMIT(
            "websocket.revocations.limit",
            Type.GAUGE,
            "",
            "revocations that may be kept; the service refuses further ones with 503");

    /** The type of a meter. */
    public enum Type {
        /** A number that goes up and down. */
        GAUGE,
        /** A number that only goes up. */
        COUNTER,
        /** A histogram of durations. */
        TIMER
    }

    private final String meterName;
    private final Type type;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // the list is immutable
    private final List<String> tagKeys;

    WebSocketMeter(String meterName, Type type, String unit, String description, String... tagKeys) {
        this.meterName = meterName;
        this.type = type;
        this.unit = unit;
        this.description = description;
        this.tagKeys = List.of(tagKeys);
    }

    /** The name in Micrometer. */
    public String meterName() {
        return meterName;
    }

    /** The name in Prometheus; of a timer the part before {@code _bucket}, {@code _sum} and {@code _count}. */
    public String prometheusName() {
        String suffix = switch (type) {
            case COUNTER -> "_total";
            case GAUGE, TIMER -> unit.isEmpty() ? "" : "_" + unit;
        };
        return meterName.replace('.', '_') + suffix;
    }

    public Type type() {
        return type;
    }

    /** The base unit; empty for a mere number. */
    public String unit() {
        return unit;
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

    /** Registers a timer, or finds the registered one. */
    Timer timer(MeterRegistry registry, Duration[] buckets, String... tagValues) {
        return Timer.builder(meterName)
                .description(description)
                .tags(tags(tagValues))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** The tags of one meter, with the values in the order of the keys. */
    List<Tag> tags(String... values) {
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
