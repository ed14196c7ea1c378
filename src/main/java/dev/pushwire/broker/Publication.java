package dev.pushwire.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was published to a topic, and where it stands there.
 *
 * @param key what it is about, for subscribers that want only the newest of each; null for nothing in particular
 * @param traceparent the trace that it is part of, for subscribers (W3C Trace Context); null for none
 */
public record Publication(
        TopicName topic,
        Position position,
        Payload payload,
        @Nullable String key,
        Instant publishedAt,
        @Nullable String traceparent) {
    /** One that is part of no trace. */
    public Publication(TopicName topic, Position position, Payload payload, @Nullable String key, Instant publishedAt) {
        this(topic, position, payload, key, publishedAt, null);
    }

    public long offset() {
        return position.offset();
    }
}
