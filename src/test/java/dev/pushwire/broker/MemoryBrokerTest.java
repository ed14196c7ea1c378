package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest extends BrokerContract {
    private final FakeClock clock = new FakeClock();
    private final MemoryBroker broker = new MemoryBroker(BrokerContract::retention, clock);

    @Override
    protected Broker broker() {
        return broker;
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }

    /** Memory is given back, and only when nobody needs it any more. */
    @Nested
    class Forgetting {
        private final TopicName topic = new TopicName("kept.topic");
        private final TopicPattern exactly = TopicPattern.exactly(topic);
        private final RecordingSubscriber subscriber = new RecordingSubscriber();

        private boolean isForgotten() {
            broker.expire();
            return broker.topics() == 0;
        }

        @Test
        void aTopicLastsAsLongAsItsHistory() {
            Position first = broker.publish(topic, Payload.text("a"), PublishOptions.NONE)
                    .position();
            clock.pass(Duration.ofSeconds(59));
            assertThat(isForgotten()).isFalse();
            clock.pass(Duration.ofSeconds(1));
            assertThat(isForgotten()).isTrue();
            assertThat(broker.history(topic, first, 1).recovered())
                    .as("a new epoch")
                    .isFalse();
        }

        @Test
        void aTopicLastsAsLongAsASubscriber() {
            broker.subscribe(exactly, subscriber);
            clock.pass(Duration.ofDays(1));
            assertThat(isForgotten()).isFalse();
            broker.unsubscribe(exactly, subscriber);
            clock.pass(Duration.ofMinutes(1));
            assertThat(isForgotten()).isTrue();
        }

        @Test
        void whoAskedWhereATopicStandsCanComeBackWithThat() {
            Position position = broker.history(topic, null, 1).latest();
            clock.pass(Duration.ofSeconds(59));
            assertThat(isForgotten()).isFalse();
            assertThat(broker.history(topic, position, 1).recovered()).isTrue();
        }

        @Test
        void aTopicLastsAsLongAsAMember() {
            broker.join(topic, new Member("a", null, null));
            clock.pass(Duration.ofDays(1));
            assertThat(isForgotten()).isFalse();
            broker.leave(topic, "a");
            clock.pass(Duration.ofMinutes(1));
            assertThat(isForgotten()).isTrue();
        }

        @Test
        void anIdempotencyKeyLastsAsLongAsItsWindow() {
            PublishOptions once = new PublishOptions("key", null);
            broker.publish(topic, Payload.text("a"), once);
            clock.pass(PublishOptions.IDEMPOTENCY_WINDOW.minusSeconds(1));
            assertThat(isForgotten()).isFalse();
            assertThat(broker.publish(topic, Payload.text("a"), once).duplicate())
                    .isTrue();
            clock.pass(Duration.ofSeconds(1));
            assertThat(broker.publish(topic, Payload.text("a"), once).duplicate())
                    .isFalse();
        }

        @Test
        void idempotencyKeysAreBounded() {
            for (int i = 0; i <= 10_001; i++) {
                broker.publish(topic, Payload.text("a"), new PublishOptions("key " + i, null));
            }
            assertThat(broker.publish(topic, Payload.text("a"), new PublishOptions("key 0", null))
                            .duplicate())
                    .isFalse();
            assertThat(broker.publish(topic, Payload.text("a"), new PublishOptions("key 10001", null))
                            .duplicate())
                    .isTrue();
        }
    }
}
