package dev.pushwire.client;

import dev.pushwire.broker.Position;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A publication, as a subscriber receives it. Immutable.
 *
 * @param topic the name of the topic, also if the subscription is to a pattern
 * @param subscription the topic or pattern of the {@link PushSubscription} that received it
 * @param position the position after the publication; a client that comes back continues from there
 * @param data the content: text is a JSON string, JSON is any value, and bytes are a string in base64 (see {@link
 *     #bytes})
 * @param isBinary whether the content is bytes
 * @param key what the publication is about; null for none
 * @param traceparent the trace that the publication belongs to (W3C Trace Context), if the service passes traces on;
 *     null for none
 */
public record Message(
        String topic,
        String subscription,
        Position position,
        JsonNode data,
        boolean isBinary,
        @Nullable String key,
        @Nullable String traceparent) {
    /** The same publication, received by the subscription to this topic or pattern. */
    Message by(String topicOrPattern) {
        return new Message(topic, topicOrPattern, position, data, isBinary, key, traceparent);
    }

    /** The content as text. JSON other than a string is returned as JSON. */
    public String text() {
        return data.isString() ? data.stringValue() : data.toString();
    }

    /**
     * The content as bytes.
     *
     * @throws IllegalStateException unless {@link #isBinary}
     */
    public byte[] bytes() {
        if (!isBinary) {
            throw new IllegalStateException("This publication is text or JSON, not bytes");
        }
        return Base64.getDecoder().decode(data.stringValue());
    }
}
