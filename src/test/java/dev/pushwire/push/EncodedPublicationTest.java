package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.protocol.DropPolicy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EncodedPublicationTest {
    private static EncodedPublication encoded(String topic, String key, OverflowPolicy policy) {
        return new EncodedPublication(
                new Publication(new TopicName(topic), new Position("e", 1), Payload.text("hello"), key, Instant.EPOCH),
                policy);
    }

    private static DropPolicy expendable(String topic, String key, OverflowPolicy policy) {
        return encoded(topic, key, policy)
                .as(RawFormat.INSTANCE)
                .message()
                .webSocket()
                .dropPolicy();
    }

    @Test
    void isMadeOnce() {
        EncodedPublication encoded = encoded("news", null, OverflowPolicy.CLOSE);
        assertThat(encoded.as(RawFormat.INSTANCE)).isSameAs(encoded.as(RawFormat.INSTANCE));
    }

    @Test
    void mayBeMissedAsItsTopicAllows() {
        assertThat(expendable("news", "k", OverflowPolicy.CLOSE)).isNull();
        assertThat(expendable("news", "k", OverflowPolicy.DROP_OLDEST)).isEqualTo(new DropPolicy(null));
        DropPolicy price = expendable("news", "k", OverflowPolicy.CONFLATE);
        assertThat(price.subject()).isNotNull();
        assertThat(expendable("news", "k", OverflowPolicy.CONFLATE)).isEqualTo(price);
        assertThat(expendable("news", "other", OverflowPolicy.CONFLATE)).isNotEqualTo(price);
        assertThat(expendable("other", "k", OverflowPolicy.CONFLATE)).isNotEqualTo(price);
        assertThat(expendable("news", null, OverflowPolicy.CONFLATE)).isNotEqualTo(price);
    }
}
