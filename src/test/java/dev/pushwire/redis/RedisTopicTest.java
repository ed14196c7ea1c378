package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.History;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.TopicName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes while a topic begins for its first subscriber. */
class RedisTopicTest {
    private static final TopicName NEWS = new TopicName("news");
    private static final Position START = new Position("e", 3);

    private final RedisTopic topic = new RedisTopic(NEWS, name -> List.of());
    private final RecordingSubscriber subscriber = new RecordingSubscriber();

    private static PubSubCodec.Message publication(long offset) {
        return new PubSubCodec.Published(
                new Publication(NEWS, START.at(offset), Payload.text("m" + offset), null, Instant.EPOCH), offset);
    }

    /** A topic without history has nothing to fill a gap with, so there must be none. */
    @Test
    void whatCameEarlyIsGivenBeforeWhatComesNext() {
        topic.expect();
        topic.take(publication(4));
        topic.take(publication(5));
        topic.begin(START, List.of());
        topic.add(subscriber);
        topic.open(START, new History(List.of(), true, START));
        assertThat(topic.take(publication(6))).isEqualTo(RedisTopic.Verdict.DONE);
        assertThat(subscriber.told()).containsExactly("news:4 m4", "news:5 m5", "news:6 m6");
    }
}
