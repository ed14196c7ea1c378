package dev.pushwire.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was published to a topic, and where it stands there.
 *
 * @param key what it is about, for subscribers that want only the newest of each; null for nothing in particular
 */
public record Publication(
        TopicName topic,
        Position position,
        Payload payload,
        @Nullable String key,
        Instant publishedAt) {

    public long offset() {
        return position.offset();
    }
}
