package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.ClientEvent;
import dev.pushwire.push.PushClose;
import dev.pushwire.push.RecordingListener;
import dev.pushwire.push.TestHub;
import dev.pushwire.stream.EventReader.Event;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicStreamTest {
    private static final TopicName KEPT = new TopicName("kept.news");

    private final TestHub hub = new TestHub();
    private final RecordingListener events = new RecordingListener();
    private final TopicStream endpoint = new TopicStream(hub.hub(), hub.presence(), events);

    private RecordingSession open(String topic, Resumption resumption) {
        TestHandshake request = TestHandshake.to("/topics/" + topic).withPathVariable("topic", topic);
        hub.hub().prepare(new TopicName(topic));
        RecordingSession session = new RecordingSession(request);
        StreamRequest wanted = new StreamRequest(List.of(new TopicPattern(topic)), resumption);
        endpoint.onOpen(session, new StreamHandshake(request, null, wanted));
        return session;
    }

    private static EventReader read(RecordingSession session) {
        return EventReader.of(String.join("", session.texts()));
    }

    private static Resumption from(Position position) {
        return new Resumption.From(List.of(position));
    }

    private static Event begins(String type, TopicName topic, Position at) {
        return new Event(type, EventJson.position(topic.value(), at), EventId.of(at));
    }

    @Test
    void aNewClientIsSubscribedAndKnowsWhereItStands() {
        RecordingSession session = open("news", new Resumption.Fresh());
        TopicName news = new TopicName("news");
        Position start = hub.hub().position(news);
        Position first = hub.publish(news, "hello");
        EventReader reader = read(session);
        assertThat(reader.events())
                .containsExactly(begins("subscribed", news, start), new Event("message", "hello", EventId.of(first)));
        assertThat(reader.comments()).isOne();
        assertThat(reader.retry()).isBetween(2000L, 5000L);
    }

    /** The first bytes end a block, at which a client takes over its id. */
    @Test
    void aClientThatIsCutOffBeforeItHeardAnythingStillHasItsPosition() {
        RecordingSession session = open("kept.news", from(new Position("e", 7)));
        assertThat(EventReader.of(session.texts().getFirst()).lastEventId()).isEqualTo("e.7");
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() {
        Position first = hub.publish(KEPT, "one");
        hub.publish(KEPT, "two");
        RecordingSession back = open("kept.news", from(first));
        await().until(() -> hub.hub().subscribers(KEPT) == 1);
        hub.publish(KEPT, "three");
        assertThat(read(back).events())
                .containsExactly(
                        begins("subscribed", KEPT, first),
                        new Event("message", "two", EventId.of(first.at(2))),
                        new Event("message", "three", EventId.of(first.at(3))));
    }

    @Test
    void aClientThatCannotBeGivenAllIsToldWhereItGoesOn() {
        Position last = hub.publish(KEPT, "one");
        for (Resumption lost : List.of(from(new Position("other", 1)), new Resumption.Unreadable())) {
            RecordingSession back = open("kept.news", lost);
            await().until(() -> !read(back).events().isEmpty());
            assertThat(read(back).events()).containsExactly(begins("reset", KEPT, last));
            endpoint.onClose(back, CloseStatus.NORMAL);
        }
    }

    @Test
    void aClientThatCannotBeSubscribedNowIsSentAway() {
        TopicName news = new TopicName("news");
        RecordingSession session =
                new RecordingSession(TestHandshake.to("/topics/news").withPathVariable("topic", news.value()));
        hub.broker().setUnavailable(true);
        StreamRequest wanted = new StreamRequest(List.of(TopicPattern.exactly(news)), new Resumption.Fresh());
        endpoint.onOpen(session, new StreamHandshake(TestHandshake.to("/"), null, wanted));
        await().until(() -> !session.isOpen());
        assertThat(session.closedWith()).isEqualTo(PushClose.UNAVAILABLE.status());
    }

    @Test
    void aClientIsOnTheTopicUntilItsStreamEnds() {
        RecordingSession session = open("kept.news", new Resumption.Fresh());
        await().until(() -> hub.presence().members(KEPT).size() == 1);
        endpoint.onClose(session, CloseStatus.ABNORMAL);
        await().until(() -> hub.presence().members(KEPT).isEmpty());
        assertThat(hub.hub().subscribers(KEPT)).isZero();
    }

    @Test
    void whoListensIsToldInOrder() {
        events.listen();
        for (Resumption resumption : List.of(new Resumption.Fresh(), from(hub.publish(KEPT, "one")))) {
            int before = events.events().size();
            RecordingSession session = open("kept.news", resumption);
            endpoint.onClose(session, CloseStatus.ABNORMAL);
            await().untilAsserted(() -> assertThat(events.events().stream().skip(before))
                    .containsExactly(
                            new ClientEvent.Connected(session.id(), null, session.remoteAddress()),
                            new ClientEvent.Subscribed(session.id(), null, "kept.news"),
                            new ClientEvent.Unsubscribed(session.id(), null, "kept.news"),
                            new ClientEvent.Disconnected(session.id(), null, CloseStatus.ABNORMAL)));
        }
        assertThat(events.threads()).allMatch(Thread::isVirtual);
    }

    @Test
    void nobodyIsToldWhoDoesNotListen() {
        RecordingSession session = open("news", new Resumption.Fresh());
        endpoint.onClose(session, CloseStatus.ABNORMAL);
        assertThat(session.attributes()).isEmpty(); // no more is kept for a client, and no thread is started
        assertThat(events.events()).isEmpty();
    }
}
