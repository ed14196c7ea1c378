package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;
import org.junit.jupiter.api.Test;

class HubTest {
    private static final TopicName NEWS = new TopicName("news");
    private static final TopicName WEATHER = new TopicName("weather");

    private final Hub hub = new Hub(FakeSessionGroup::new);

    @Test
    void aPublicationReachesTheSubscribersOfItsTopic() {
        FakeSession reader = new FakeSession();
        FakeSession both = new FakeSession();
        FakeSession other = new FakeSession();
        hub.subscribe(NEWS, reader);
        hub.subscribe(NEWS, both);
        hub.subscribe(WEATHER, both);
        hub.subscribe(WEATHER, other);

        assertThat(hub.publish(NEWS, OutboundMessage.text("hello"))).isEqualTo(2);

        assertThat(reader.received()).containsExactly("text:hello");
        assertThat(both.received()).containsExactly("text:hello");
        assertThat(other.received()).isEmpty();
    }

    @Test
    void publishingToNobodyReachesNobody() {
        assertThat(hub.publish(NEWS, OutboundMessage.text("hello"))).isZero();
        assertThat(hub.topics()).isEmpty();
    }

    @Test
    void nothingArrivesAfterUnsubscribing() {
        FakeSession session = new FakeSession();
        hub.subscribe(NEWS, session);
        hub.unsubscribe(NEWS, session);
        assertThat(hub.publish(NEWS, OutboundMessage.text("hello"))).isZero();
        assertThat(session.received()).isEmpty();
    }

    @Test
    void topicsAreListedByNameWhileTheyHaveSubscribers() {
        FakeSession session = new FakeSession();
        hub.subscribe(WEATHER, session);
        hub.subscribe(NEWS, session);
        hub.subscribe(NEWS, new FakeSession());
        assertThat(hub.topics()).containsExactly(new TopicStatus("news", 2), new TopicStatus("weather", 1));
        assertThat(hub.subscribers(NEWS)).isEqualTo(2);

        hub.unsubscribe(WEATHER, session);
        assertThat(hub.topics()).containsExactly(new TopicStatus("news", 2));
        assertThat(hub.subscribers(WEATHER)).isZero();
    }
}
