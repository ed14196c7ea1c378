package dev.pushwire.api;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * The publications of a request, which are checked before the first is made. An error names the place in the request,
 * such as {@code publications[1].topics[0]}.
 */
final class PublicationPlan {
    /** The most publications of one request. Each topic of each publication counts. */
    static final int MOST = 1000;

    private final Rights rights;
    private final TopicNames names;
    private final Caller caller;
    private final int maxMessage;
    private final @Nullable String traceparent;
    private final List<PublishRequest> steps = new ArrayList<>();

    /** @param traceparent see {@link PublishOptions#traceparent} */
    PublicationPlan(Rights rights, TopicNames names, Caller caller, int maxMessage, @Nullable String traceparent) {
        this.rights = rights;
        this.names = names;
        this.caller = caller;
        this.maxMessage = maxMessage;
        this.traceparent = traceparent;
    }

    List<PublishRequest> steps() {
        return steps;
    }

    /**
     * Adds a publication.
     *
     * @param place what comes before the names of its fields; empty for the request itself
     * @param rule a sentence for a caller that asks for more than {@link #MOST}
     * @throws ErrorResponseException if the publication is wrong, or not allowed
     */
    void add(PublicationRequest wanted, String place, String rule) {
        List<String> topics = wanted.names();
        if (topics.isEmpty()) {
            throw Problems.at(place + wrongTopics(wanted), Problems.notJson(PublicationRequest.RULE));
        }
        if (steps.size() + topics.size() > MOST) {
            throw Problems.at(place + "topics", Problems.notJson(rule));
        }
        boolean unknownEncoding =
                wanted.encoding() != null && !wanted.encoding().equals(PublicationRequest.BASE64);
        Payload payload = at(place + (unknownEncoding ? "encoding" : "data"), () -> sized(wanted.payload()));
        PublishOptions options = at(place + (isKeyOrNone(wanted.key()) ? "idempotencyKey" : "key"), wanted::options);
        for (int i = 0; i < topics.size(); i++) {
            String text = topics.get(i);
            String field = wanted.topic() == null ? "topics[" + i + "]" : "topic";
            TopicName topic = at(place + field, () -> permitted(names.read(text)));
            steps.add(new PublishRequest(topic, payload, options.in(traceparent)));
        }
    }

    private static String wrongTopics(PublicationRequest wanted) {
        if (wanted.topics() == null) {
            return "topic";
        }
        int missing = wanted.topics().indexOf(null);
        return wanted.topic() == null && missing >= 0 ? "topics[" + missing + "]" : "topics";
    }

    private static boolean isKeyOrNone(@Nullable String key) {
        return key == null || PublishOptions.isKey(key);
    }

    private Payload sized(Payload payload) {
        if (payload.size() > maxMessage) {
            throw Problems.messageTooLarge(maxMessage);
        }
        return payload;
    }

    private TopicName permitted(TopicName topic) {
        rights.mayPublish(caller, topic);
        return topic;
    }

    private static <T> T at(String place, Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw Problems.at(place, Problems.notJson(String.valueOf(e.getMessage())));
        } catch (ErrorResponseException e) {
            throw Problems.at(place, e);
        }
    }
}
