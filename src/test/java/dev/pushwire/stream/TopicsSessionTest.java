package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.stream.EventReader.Event;
import dev.pushwire.testing.RecordingSession;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsSessionTest {
    private static final List<TopicPattern> TOPICS =
            List.of(new TopicPattern("a"), new TopicPattern("b"), new TopicPattern("c.*"));

    private final RecordingSession stream = new RecordingSession();

    private TopicsSession session(Resumption resumption) {
        return new TopicsSession(stream, new StreamRequest(TOPICS, resumption));
    }

    private static OutboundMessage message(String topic, long offset) {
        return NamedEventFormat.INSTANCE.publication(new Publication(
                new TopicName(topic),
                new Position("e" + topic.charAt(0), offset),
                Payload.text("x"),
                null,
                Instant.EPOCH));
    }

    private List<Event> events() {
        return EventReader.of(String.join("", stream.texts())).events();
    }

    @Test
    void eachEventSaysWhereTheStreamStandsInAllItsTopics() {
        TopicsSession session = session(new Resumption.Fresh());
        session.begin(0, new Position("ea", 4), true);
        session.begin(1, new Position("eb", 9), true);
        session.begin(2, true);
        session.sendUnpaced(message("a", 5));
        session.send(message("c.d", 1).orDropped());
        assertThat(session.offer(message("b", 10).orConflated("k"))).isTrue();
        assertThat(events().stream().map(Event::lastEventId))
                .containsExactly(
                        "ea.4~-~-", "ea.4~eb.9~-", "ea.4~eb.9~-", "ea.5~eb.9~-", "ea.5~eb.9~-", "ea.5~eb.10~-");
        assertThat(events().getLast().data())
                .isEqualTo("{\"topic\":\"b\",\"epoch\":\"eb\",\"offset\":10,\"data\":\"x\"}");
    }

    @Test
    void aTopicThatHasNotBegunStandsWhereItsClientLeftIt() {
        Position left = new Position("eb", 9);
        TopicsSession session = session(new Resumption.From(Arrays.asList(new Position("ea", 4), left, null)));
        session.begin(0, new Position("ea", 4), true);
        session.send(message("a", 5));
        assertThat(events().getLast().lastEventId()).isEqualTo("ea.5~eb.9~-");
    }

    @Test
    void anInterruptionMovesOneTopic() {
        TopicsSession session = session(new Resumption.Fresh());
        session.begin(0, new Position("ea", 4), true);
        session.send(NamedEventFormat.INSTANCE.resumed(new TopicName("a"), new Position("new", 0), false));
        assertThat(events().getLast())
                .isEqualTo(new Event("reset", "{\"topic\":\"a\",\"epoch\":\"new\",\"offset\":0}", "new.0~-~-"));
    }

    @Test
    void itIsTheStreamInEverythingElse() {
        TopicsSession session = session(new Resumption.Fresh());
        assertThat(session.id()).isEqualTo(stream.id());
        session.close();
        assertThat(stream.isOpen()).isFalse();
        assertThat(session.isOpen()).isFalse();
    }
}
