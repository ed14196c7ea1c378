package dev.pushwire.api;

import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.Hub;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Publishes the body of a request to one topic. */
final class TopicPublisher {
    private final Hub hub;
    private final Rights rights;
    private final TopicNames names;
    private final PublishLimits limits;
    private final TraceContext traces;

    TopicPublisher(Hub hub, Rights rights, TopicNames names, PublishLimits limits, TraceContext traces) {
        this.hub = hub;
        this.rights = rights;
        this.names = names;
        this.limits = limits;
        this.traces = traces;
    }

    /**
     * The answer to a publication.
     *
     * @param subscribers how many sessions of this node it was handed to
     * @param position its position in the topic
     * @param duplicate whether an earlier publication had the same idempotency key
     */
    record Published(String topic, int subscribers, String position, boolean duplicate) {
        /** Neither a topic's name nor a position has anything that JSON would escape. */
        String json() {
            return "{\"topic\":\"" + topic + "\",\"subscribers\":" + subscribers + ",\"position\":\"" + position
                    + "\",\"duplicate\":" + duplicate + "}";
        }
    }

    /** @throws org.springframework.web.ErrorResponseException if the request is wrong, or not allowed */
    Published publish(String name, HttpServletRequest request) {
        Caller caller = rights.known(request); // first: a body is read only for a known caller
        TopicName topic = names.read(name);
        rights.mayPublish(caller, topic);
        PublishOptions options = new PublishOptions(idempotencyKey(request), null, traces.of(request));
        PublishResult result = hub.publish(topic, PublicationReader.read(request, limits.maxMessageSize()), options);
        return new Published(
                topic.value(), hub.subscribers(topic), result.position().toString(), result.duplicate());
    }

    private static @Nullable String idempotencyKey(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && !PublishOptions.isKey(key)) {
            throw Problems.invalidIdempotencyKey();
        }
        return key;
    }
}
