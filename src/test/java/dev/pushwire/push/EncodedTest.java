package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.protocol.Expendable;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EncodedTest {
    private static Encoded encoded(String topic, String key, SlowConsumers policy) {
        return new Encoded(
                new Publication(new TopicName(topic), new Position("e", 1), Payload.text("hello"), key, Instant.EPOCH),
                policy);
    }

    private static Expendable expendable(String topic, String key, SlowConsumers policy) {
        return encoded(topic, key, policy).as(RawFormat.INSTANCE).frame().expendable();
    }

    @Test
    void isMadeOnce() {
        Encoded encoded = encoded("news", null, SlowConsumers.CLOSE);
        assertThat(encoded.as(RawFormat.INSTANCE)).isSameAs(encoded.as(RawFormat.INSTANCE));
    }

    @Test
    void mayBeMissedAsItsTopicAllows() {
        assertThat(expendable("news", "k", SlowConsumers.CLOSE)).isNull();
        assertThat(expendable("news", "k", SlowConsumers.DROP_OLDEST)).isEqualTo(new Expendable(null));
        Expendable price = expendable("news", "k", SlowConsumers.CONFLATE);
        assertThat(price.subject()).isNotNull();
        assertThat(expendable("news", "k", SlowConsumers.CONFLATE)).isEqualTo(price);
        assertThat(expendable("news", "other", SlowConsumers.CONFLATE)).isNotEqualTo(price);
        assertThat(expendable("other", "k", SlowConsumers.CONFLATE)).isNotEqualTo(price);
        assertThat(expendable("news", null, SlowConsumers.CONFLATE)).isNotEqualTo(price);
    }
}
