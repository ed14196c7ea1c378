package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedBrokerTest {
    private static final TopicPattern INNER = new TopicPattern("inner");

    private final List<BoundedBroker.Failure> failures = new ArrayList<>();
    private final List<Long> subscribed = new ArrayList<>();

    private final BoundedBroker.Listener listener = new BoundedBroker.Listener() {
        @Override
        public void subscribed(long nanos) {
            subscribed.add(nanos);
        }

        @Override
        public void failed(BoundedBroker.Failure failure) {
            failures.add(failure);
        }
    };

    private final MemoryBroker memory =
            new MemoryBroker(topic -> new Retention(1, Duration.ofMinutes(1)), 1000, 100, InstantSource.system());

    @Test
    void whoComesWhileTooManyWaitIsRefusedAtOnce() {
        Broker[] bounded = new Broker[1];
        List<Integer> waiting = new ArrayList<>();
        Broker whileOneWaits = new Delegate(memory) {
            @Override
            public Position subscribe(TopicPattern pattern, Subscriber subscriber) {
                waiting.add(((BoundedBroker) bounded[0]).waiting());
                assertThatExceptionOfType(BrokerUnavailableException.class)
                        .isThrownBy(() -> bounded[0].subscribe(INNER, subscriber));
                return super.subscribe(pattern, subscriber);
            }
        };
        BoundedBroker broker = new BoundedBroker(whileOneWaits, 1, listener);
        bounded[0] = broker;
        RecordingSubscriber subscriber = new RecordingSubscriber();
        Position from = broker.subscribe(new TopicPattern("news"), subscriber);
        assertThat(from.offset()).isZero();
        assertThat(waiting).containsExactly(1);
        assertThat(broker.waiting()).isZero();
        assertThat(failures).containsExactly(BoundedBroker.Failure.CROWDED);
        assertThat(subscribed).hasSize(1);
        broker.publish(new TopicName("news"), Payload.text("a"), PublishOptions.NONE);
        assertThat(subscriber.told()).containsExactly("news:1 a");
    }

    @Test
    void aFailureEndsTheWait() {
        Broker away = new Delegate(memory) {
            @Override
            public Position subscribe(TopicPattern pattern, Subscriber subscriber) {
                throw new BrokerUnavailableException("on purpose");
            }
        };
        BoundedBroker broker = new BoundedBroker(away, 1, listener);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(BrokerUnavailableException.class)
                    .isThrownBy(() -> broker.subscribe(INNER, new RecordingSubscriber()))
                    .withMessage("on purpose");
        }
        assertThat(broker.waiting()).isZero();
        assertThat(failures).hasSize(3).containsOnly(BoundedBroker.Failure.UNAVAILABLE);
        assertThat(subscribed).isEmpty();
    }

    private static class Delegate implements Broker {
        private final Broker to;

        Delegate(Broker to) {
            this.to = to;
        }

        @Override
        public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
            return to.publish(topic, payload, options);
        }

        @Override
        public Position subscribe(TopicPattern pattern, Subscriber subscriber) {
            return to.subscribe(pattern, subscriber);
        }

        @Override
        public void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
            to.unsubscribe(pattern, subscriber);
        }

        @Override
        public History history(TopicName topic, Position since, int limit) {
            return to.history(topic, since, limit);
        }

        @Override
        public void join(TopicName topic, Member member) {
            to.join(topic, member);
        }

        @Override
        public void leave(TopicName topic, String connection) {
            to.leave(topic, connection);
        }

        @Override
        public List<Member> members(TopicName topic) {
            return to.members(topic);
        }
    }
}
