package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.ClientEvent;
import dev.pushwire.push.PushClose;
import dev.pushwire.push.RecordingListener;
import dev.pushwire.push.TestHub;
import dev.pushwire.stream.EventReader.Event;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TopicsStreamTest {
    @AutoClose
    private final EventLoopGroup loops =
            new EventLoopGroup("test", 1, Duration.ofSeconds(1), new CompressionSettings(256, 1));

    private final TestHub hub = new TestHub(1, loops);
    private final RecordingListener events = new RecordingListener();
    private final List<Limit> exceeded = new ArrayList<>();
    private final TopicsStream endpoint = new TopicsStream(hub.hub(), hub.presence(), exceeded::add, events);

    private RecordingSession open(String... topics) {
        TestHandshake request = TestHandshake.to("/topics");
        RecordingSession session = new RecordingSession(request);
        List<TopicPattern> wanted = Stream.of(topics).map(TopicPattern::new).toList();
        endpoint.onOpen(session, new StreamHandshake(request, null, new StreamRequest(wanted, new Resumption.Fresh())));
        return session;
    }

    @Test
    void theTopicsBeginInTheirOrderAndPatternsLast() {
        RecordingSession session = open("weather.*", "news", "kept.news");
        hub.publish(new TopicName("weather.today"), "rain");
        List<Event> read = EventReader.of(String.join("", session.texts())).events();
        assertThat(read).extracting(Event::type).containsExactly("subscribed", "subscribed", "subscribed", "message");
        assertThat(read.get(0).data()).startsWith("{\"topic\":\"news\"");
        assertThat(read.get(1).data()).startsWith("{\"topic\":\"kept.news\"");
        assertThat(read.get(2).data()).isEqualTo("{\"topic\":\"weather.*\"}");
        assertThat(hub.presence().members(new TopicName("kept.news"))).hasSize(1);
        endpoint.onClose(session, CloseStatus.ABNORMAL);
        assertThat(hub.hub().subscribers(new TopicName("news"))).isZero();
        assertThat(hub.presence().members(new TopicName("kept.news"))).isEmpty();
    }

    @Test
    void eventsSayByWhichPatternTheyCame() {
        RecordingSession session = open("weather.*", "weather.now");
        hub.publish(new TopicName("weather.today"), "rain");
        hub.publish(new TopicName("weather.now"), "sun");
        List<Event> read = EventReader.of(String.join("", session.texts())).events();
        assertThat(read).hasSize(4);
        assertThat(read.get(2).data()).startsWith("{\"subscription\":\"weather.*\",\"topic\":\"weather.today\"");
        assertThat(read.get(3).data()).startsWith("{\"topic\":\"weather.now\"").contains("\"offset\":1");
        assertThat(read.get(2).lastEventId()).isEqualTo(read.get(1).lastEventId());
        assertThat(read.get(3).lastEventId()).startsWith("-~").endsWith(".1");
    }

    @Test
    void whoListensIsToldInOrder() {
        events.listen();
        RecordingSession session = open("weather.*", "news");
        endpoint.onClose(session, CloseStatus.ABNORMAL);
        assertThat(events.events())
                .containsExactly(
                        new ClientEvent.Connected(session.id(), null, session.remoteAddress()),
                        new ClientEvent.Subscribed(session.id(), null, "news"),
                        new ClientEvent.Subscribed(session.id(), null, "weather.*"),
                        new ClientEvent.Unsubscribed(session.id(), null, "news"),
                        new ClientEvent.Unsubscribed(session.id(), null, "weather.*"),
                        new ClientEvent.Disconnected(session.id(), null, CloseStatus.ABNORMAL));
    }

    @Test
    void whatItIsNotSubscribedToDoesNotEnd() {
        events.listen();
        open("weather.*"); // there may be one pattern
        RecordingSession session = open("news", "sports.*");
        assertThat(session.closedWith()).isEqualTo(PushClose.UNAVAILABLE.status());
        assertThat(exceeded).containsExactly(Limit.PATTERNS_PER_NODE);
        endpoint.onClose(session, session.closedWith());
        assertThat(events.events().stream().filter(event -> event.connection().equals(session.id())))
                .containsExactly(
                        new ClientEvent.Connected(session.id(), null, session.remoteAddress()),
                        new ClientEvent.Subscribed(session.id(), null, "news"),
                        new ClientEvent.Unsubscribed(session.id(), null, "news"),
                        new ClientEvent.Disconnected(session.id(), null, session.closedWith()));
    }
}
