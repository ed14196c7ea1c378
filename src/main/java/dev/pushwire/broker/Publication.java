package dev.pushwire.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A publication of a topic, with its position. Immutable.
 *
 * @param key what it is about, for subscribers that want only the newest publication of each key; null for none
 * @param traceparent the trace that it belongs to, for subscribers (W3C Trace Context); null for none
 */
public record Publication(
        TopicName topic,
        Position position,
        Payload payload,
        @Nullable String key,
        Instant publishedAt,
        @Nullable String traceparent) {
    /** A publication that belongs to no trace. */
    public Publication(TopicName topic, Position position, Payload payload, @Nullable String key, Instant publishedAt) {
        this(topic, position, payload, key, publishedAt, null);
    }

    public long offset() {
        return position.offset();
    }
}
