package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SubscriptionsTest {
    private final Subscriptions subscriptions = new Subscriptions();
    private final List<String> byName = new ArrayList<>();
    private final List<String> byPattern = new ArrayList<>();

    private void add(String topic, Position since, List<String> received) {
        SharedSubscription shared = new SharedSubscription(new TopicPattern(topic), since);
        PushSubscription subscription = new PushSubscription(
                null, shared, message -> received.add(message.position().offset() + ""));
        shared.subscriptions().add(subscription);
        subscriptions.add(shared);
        shared.ask(1);
        if (since == null) {
            shared.begin(null, true);
        }
    }

    private void publication(int offset, String more) {
        subscriptions.deliver(JsonMapper.shared()
                .readTree("{\"type\":\"publication\",\"topic\":\"a.b\",\"epoch\":\"e\",\"offset\":" + offset
                        + ",\"data\":1" + more + "}"));
    }

    /** After a connection was lost, a topic may come by its pattern before it is subscribed to again by its name. */
    @Test
    void whatComesByAPatternFirstComesToEachOnceAndInOrder() {
        add("a.b", new Position("e", 5), byName);
        add("a.*", null, byPattern);
        publication(8, ",\"subscription\":\"a.*\"");
        subscriptions.begin(JsonMapper.shared()
                .readTree("{\"type\":\"subscribed\",\"id\":1,\"topic\":\"a.b\",\"epoch\":\"e\",\"offset\":5}"));
        for (int offset = 6; offset <= 9; offset++) {
            publication(offset, "");
        }
        assertThat(byName).containsExactly("6", "7", "8", "9");
        assertThat(byPattern).containsExactly("8", "9");
    }

    private void add(String topic, List<String> resets) {
        SharedSubscription shared = new SharedSubscription(new TopicPattern(topic), null);
        shared.subscriptions().add(new PushSubscription(null, shared, _ -> {}).onReset(() -> resets.add(topic)));
        subscriptions.add(shared);
        shared.begin(topic.equals("a.b") ? new Position("e", 5) : null, true);
    }

    private void resumed(boolean recovered) {
        subscriptions.resumed(JsonMapper.shared()
                .readTree("{\"type\":\"resumed\",\"topic\":\"a.b\",\"epoch\":\"f\",\"offset\":3,\"recovered\":"
                        + recovered + "}"));
    }

    @Test
    void whatIsLostInsideTheServiceIsLostToPatternsAsWell() {
        List<String> resets = new ArrayList<>();
        add("a.b", resets);
        add("a.*", resets);
        add("b.*", resets);
        resumed(true);
        assertThat(resets).isEmpty();
        resumed(false);
        assertThat(resets).containsExactlyInAnyOrder("a.b", "a.*");
        assertThat(subscriptions.get("a.b").position()).isEqualTo(new Position("f", 3));
        assertThat(subscriptions.get("a.*").position()).isNull();
    }

    @Test
    void aCallersTimeOutIsNoOthers() {
        SharedSubscription shared = new SharedSubscription(new TopicPattern("a.b"), null);
        PushSubscription impatient = new PushSubscription(null, shared, message -> {});
        impatient.ready().completeExceptionally(new TimeoutException());
        shared.begin(new Position("e", 5), true);
        assertThat(new PushSubscription(null, shared, message -> {}).ready()).isCompleted();
    }

    /** Such as an assertion's, or that of a class that is not there. */
    @Test
    void anErrorOfAListenerKeepsNothingFromTheOthers() {
        SharedSubscription shared = new SharedSubscription(new TopicPattern("a.b"), null);
        for (Consumer<Message> listener : List.<Consumer<Message>>of(
                message -> {
                    throw new AssertionError("on purpose");
                },
                message -> byName.add("got"))) {
            shared.subscriptions().add(new PushSubscription(null, shared, listener));
        }
        subscriptions.add(shared);
        shared.begin(new Position("e", 5), true);
        publication(6, "");
        assertThat(byName).containsExactly("got");
    }
}
