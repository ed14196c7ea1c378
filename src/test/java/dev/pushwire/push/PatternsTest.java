package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.testing.RecordingSession;
import java.lang.Thread.State;
import org.junit.jupiter.api.Test;

/** How many patterns a node holds. */
class PatternsTest {
    private static final TopicName NEWS = new TopicName("news.sports");

    private final TestHub hub = new TestHub(2);
    private final RecordingSession session = new RecordingSession();

    private void subscribe(String pattern, RecordingSession by) throws TooManyPatternsException {
        hub.hub().subscribe(new TopicPattern(pattern), RawFormat.INSTANCE, by, () -> {});
    }

    private void unsubscribe(String pattern) {
        hub.hub().unsubscribe(new TopicPattern(pattern), RawFormat.INSTANCE, session);
    }

    private void assertFull(String pattern) {
        assertThatExceptionOfType(TooManyPatternsException.class).isThrownBy(() -> subscribe(pattern, session));
    }

    @Test
    void areBounded() throws TooManyPatternsException {
        subscribe("a.*", session);
        subscribe("b.*", session);
        assertFull("news.*");
        assertThat(hub.hub().activePatterns()).isEqualTo(2);
        hub.publish(NEWS, "hello");
        assertThat(session.sent()).isEmpty();
    }

    @Test
    void thatAreKnownTakeMoreSubscribers() throws TooManyPatternsException {
        subscribe("a.*", session);
        subscribe("news.*", session);
        RecordingSession other = new RecordingSession();
        subscribe("news.*", other);
        hub.publish(NEWS, "hello");
        assertThat(other.texts()).containsExactly("hello");
    }

    @Test
    void thatNobodyUsesMakeRoomAtOnce() throws TooManyPatternsException {
        for (int i = 0; i < 10; i++) {
            subscribe("a." + i + ".*", session);
            unsubscribe("a." + i + ".*");
        }
        assertThat(hub.hub().activePatterns()).isEqualTo(2);
        subscribe("news.*", session);
        subscribe("news.>", session);
        assertFull("a.*");
        unsubscribe("news.>");
        subscribe("a.*", session);
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
    }

    @Test
    void thatAreUsedAgainStay() throws TooManyPatternsException {
        subscribe("news.*", session);
        unsubscribe("news.*");
        subscribe("news.*", session);
        subscribe("a.*", session);
        assertFull("b.*");
        hub.hub().tidyUp();
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
        unsubscribe("news.*");
        hub.hub().tidyUp();
        assertThat(hub.hub().activePatterns()).isOne();
    }

    @Test
    void ofASessionThatHasEndedAreForgotten() throws TooManyPatternsException {
        session.close();
        subscribe("a.*", session);
        hub.hub().tidyUp();
        assertThat(hub.hub().activePatterns()).isZero();
    }

    @Test
    void beginWhenTheSubscriberIsTold() throws TooManyPatternsException {
        hub.hub()
                .subscribe(
                        new TopicPattern("news.*"), RawFormat.INSTANCE, session, () -> hub.publish(NEWS, "too early"));
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
    }

    @Test
    void bringWhatIsPublishedOnceTheSubscriberIsTold() throws Exception {
        Thread publisher = Thread.ofPlatform().unstarted(() -> hub.publish(NEWS, "at once"));
        hub.hub().subscribe(new TopicPattern("news.*"), RawFormat.INSTANCE, session, () -> {
            publisher.start();
            await().until(() -> publisher.getState() == State.BLOCKED || publisher.getState() == State.TERMINATED);
        });
        publisher.join();
        assertThat(session.texts()).containsExactly("at once");
    }

    /** Where the broker could not be told that a pattern ends, it ends on this node all the same. */
    @Test
    void thatTheBrokerCouldNotBeToldOfDoNotCount() throws TooManyPatternsException {
        subscribe("a.*", session);
        subscribe("b.*", session);
        unsubscribe("a.*");
        unsubscribe("b.*");
        hub.broker().setUnavailable(true);
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> hub.hub().tidyUp());
        hub.broker().setUnavailable(false);
        hub.hub().tidyUp();
        assertThat(hub.hub().activePatterns()).isZero();
        subscribe("news.*", session);
        hub.publish(NEWS, "hello");
        assertThat(session.texts()).containsExactly("hello");
    }

    @Test
    void thatTheBrokerDidNotTakeDoNotCount() throws TooManyPatternsException {
        hub.broker().setUnavailable(true);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> subscribe("a.*", session));
        }
        hub.broker().setUnavailable(false);
        subscribe("a.*", session);
        subscribe("b.*", session);
        assertFull("c.*");
    }
}
