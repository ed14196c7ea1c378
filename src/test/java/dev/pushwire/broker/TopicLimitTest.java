package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The topics of a broker in memory, however many names are made up. */
class TopicLimitTest {
    private static final int MOST_TOPICS = 100;

    private final FakeClock clock = new FakeClock();
    private final MemoryBroker broker = new MemoryBroker(BrokerContract::retention, 100_000, MOST_TOPICS, clock);
    private final RecordingSubscriber subscriber = new RecordingSubscriber();

    private Position publish(String name) {
        clock.pass(Duration.ofMillis(1));
        return broker.publish(new TopicName(name), Payload.text("a"), PublishOptions.NONE)
                .position();
    }

    private boolean isKept(String name, Position position) {
        return broker.history(new TopicName(name), position, 1).recovered();
    }

    @Test
    void theOneUsedLeastLatelyGoesFirst() {
        Position first = publish("plain.0");
        Position second = publish("plain.1");
        for (int i = 2; i < MOST_TOPICS; i++) {
            publish("plain." + i);
        }
        assertThat(broker.topics()).isEqualTo(MOST_TOPICS);
        Position used = publish("plain.0");
        assertThat(used).isEqualTo(first.at(2));
        publish("plain.more");
        assertThat(broker.topics()).isEqualTo(MOST_TOPICS);
        assertThat(isKept("plain.0", used)).isTrue();
        assertThat(isKept("plain.1", second)).isFalse();
    }

    @Test
    void thoseThatRememberGoBehindThoseThatDoNot() {
        Position remembered = publish("kept.0");
        Position bare = publish("plain.0");
        for (int i = 2; i <= MOST_TOPICS; i++) {
            publish("kept." + i);
        }
        assertThat(isKept("kept.0", remembered)).isTrue();
        assertThat(isKept("plain.0", bare)).isFalse();
        publish("kept.more");
        assertThat(isKept("kept.0", remembered)).isFalse();
        assertThat(broker.topics()).isEqualTo(MOST_TOPICS);
        assertThat(broker.evicted()).isOne();
    }

    @Test
    void thoseInUseStayAndTheNextIsRefused() {
        for (int i = 0; i < MOST_TOPICS; i++) {
            broker.subscribe(new TopicPattern("plain." + i), subscriber);
        }
        assertThatExceptionOfType(TooManyTopicsException.class).isThrownBy(() -> publish("more"));
        assertThatExceptionOfType(TooManyTopicsException.class)
                .isThrownBy(() -> broker.subscribe(new TopicPattern("more"), subscriber));
        publish("plain.0");
        assertThat(subscriber.offsets(new TopicName("plain.0"))).containsExactly(1L);
        assertThat(broker.history(new TopicName("more"), null, 1).recovered()).isTrue();
        broker.unsubscribe(new TopicPattern("plain.1"), subscriber);
        assertThat(publish("more").offset()).isOne();
    }
}
