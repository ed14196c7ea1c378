package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TimedBrokerTest {
    private static final TopicName TOPIC = new TopicName("news");

    private final List<String> told = new ArrayList<>();
    private final TimedBroker.Listener listener = new TimedBroker.Listener() {
        @Override
        public void answered(TimedBroker.Operation operation, long nanos) {
            assertThat(nanos).isNotNegative();
            told.add("answered " + operation);
        }

        @Override
        public void failed(TimedBroker.Operation operation) {
            told.add("failed " + operation);
        }
    };

    @Test
    void tellsOfEachAnswer() {
        Broker memory = new MemoryBroker(
                topic -> new Retention(10, Duration.ofMinutes(1)), 1_000_000, 100, InstantSource.system());
        Broker broker = new TimedBroker(memory, listener);
        broker.publish(TOPIC, Payload.text("hello"), PublishOptions.NONE);
        assertThat(broker.history(TOPIC, null, 10).publications()).hasSize(1);
        broker.join(TOPIC, new Member("c1", null, null));
        assertThat(broker.members(TOPIC)).hasSize(1);
        assertThat(told).containsExactly("answered PUBLISH", "answered HISTORY", "answered MEMBERS");
    }

    @Test
    void tellsOfAPublicationWithoutWaitingWhenItsOutcomeIsThere() {
        List<CompletableFuture<PublishOutcome>> underWay = new ArrayList<>();
        Broker broker = new TimedBroker(
                (Broker) Proxy.newProxyInstance(
                        Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                            assertThat(method.getName()).isEqualTo("publishAsync");
                            return underWay.removeFirst();
                        }),
                listener);
        PublishRequest request = new PublishRequest(TOPIC, Payload.text("hello"), PublishOptions.NONE);
        CompletableFuture<PublishOutcome> made = new CompletableFuture<>();
        CompletableFuture<PublishOutcome> failed = new CompletableFuture<>();
        underWay.addAll(List.of(made, failed));
        CompletableFuture<PublishOutcome> first = broker.publishAsync(request);
        CompletableFuture<PublishOutcome> second = broker.publishAsync(request);
        assertThat(told).isEmpty();
        PublishOutcome outcome = new PublishOutcome.Made(new PublishResult(new Position("e", 1), false));
        made.complete(outcome);
        assertThat(first).isCompletedWithValue(outcome);
        assertThat(told).containsExactly("answered PUBLISH");
        failed.complete(new PublishOutcome.Failed(new BrokerUnavailableException("It is away")));
        assertThat(second).isCompleted();
        assertThat(told).containsExactly("answered PUBLISH", "failed PUBLISH");
    }

    @Test
    void tellsOfEachFailure() {
        Broker away = (Broker) Proxy.newProxyInstance(
                Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                    throw new BrokerUnavailableException("It is away");
                });
        Broker broker = new TimedBroker(away, listener);
        assertThatThrownBy(() -> broker.publish(TOPIC, Payload.text("hello"), PublishOptions.NONE))
                .isInstanceOf(BrokerUnavailableException.class);
        assertThatThrownBy(() -> broker.history(TOPIC, null, 10)).isInstanceOf(BrokerUnavailableException.class);
        assertThatThrownBy(() -> broker.members(TOPIC)).isInstanceOf(BrokerUnavailableException.class);
        assertThat(told).containsExactly("failed PUBLISH", "failed HISTORY", "failed MEMBERS");
    }

    /** Otherwise each publication of a request would wait for the one before. */
    @Test
    void handsManyPublicationsOnAtOnce() {
        List<List<PublishOutcome>> outcomes = new ArrayList<>(List.of(
                List.of(new PublishOutcome.Made(new PublishResult(new Position("e", 1), false))),
                List.of(new PublishOutcome.Failed(new BrokerUnavailableException("It is away")))));
        Broker one = (Broker) Proxy.newProxyInstance(
                Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                    assertThat(arguments).as("publish(List)").hasSize(1);
                    return outcomes.removeFirst();
                });
        Broker broker = new TimedBroker(
                new BoundedBroker(one, 1, new BoundedBroker.Listener() {
                    @Override
                    public void subscribed(long nanos) {}

                    @Override
                    public void failed(BoundedBroker.Failure failure) {}
                }),
                listener);
        List<PublishRequest> requests = List.of(new PublishRequest(TOPIC, Payload.text("hello"), PublishOptions.NONE));
        broker.publish(requests);
        broker.publish(requests);
        assertThat(told).containsExactly("answered PUBLISH", "failed PUBLISH");
    }
}
