package dev.pushwire.api;

import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;

/** Reads the names of topics in requests. */
final class TopicNames {
    private final LimitListener limits;

    TopicNames(LimitListener limits) {
        this.limits = limits;
    }

    /** @throws org.springframework.web.ErrorResponseException 400 if the text is not a name */
    TopicName read(String text) {
        if (TopicName.isValid(text)) {
            return new TopicName(text);
        }
        if (text.length() > TopicName.MAX_LENGTH) {
            limits.exceeded(Limit.TOPIC_NAME_LENGTH);
        }
        throw Problems.invalidTopicName();
    }
}
