package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Position;
import dev.pushwire.push.Topics;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.stream.EventReader.Event;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event streams of the real service, as a client reads them. */
class EventStreamServiceTest {
    private final RunningService service = RunningService.with(
            "pushwire.topics[0].name=kept.>",
            "pushwire.topics[0].history-size=1000",
            "pushwire.topics[0].presence=list");
    private final Topics topics = service.bean(Topics.class);
    private final String topic = "kept." + UUID.randomUUID();

    private EventClient open(String path, String... headers) {
        EventClient client = EventClient.open(service.http(path), headers);
        assertThat(client.status()).isEqualTo(200);
        return client;
    }

    private static Event message(String text, Position at) {
        return new Event("message", text, EventId.of(at));
    }

    @Test
    void noProxyMayBufferOrKeepAStream() {
        try (EventClient client = open("/topics/" + topic)) {
            assertThat(client.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
            assertThat(client.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(client.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(client.headers().allValues("Vary")).contains("Accept");
            assertThat(client.headers().firstValue("Content-Encoding")).isEmpty();
        }
    }

    @Test
    void allKindsOfPublicationsArrive() {
        try (EventClient client = open("/topics/" + topic)) {
            Position text = topics.publish(topic, "two\r\nlines\rand a third").position();
            topics.publishJson(topic, "{\n\"a\": 1}");
            topics.publish(topic, new byte[] {0, -1});
            List<Event> events = client.await(4);
            assertThat(events.getFirst().type()).isEqualTo("subscribed");
            assertThat(events.get(1)).isEqualTo(message("two\nlines\nand a third", text));
            assertThat(events.get(2)).isEqualTo(message("{ \"a\": 1}", text.at(2)));
            assertThat(events.get(3)).isEqualTo(new Event("binary", "AP8=", EventId.of(text.at(3))));
            assertThat(client.retry()).isBetween(2000L, 5000L);
        }
    }

    /** The head of the response is the sign. */
    @Test
    void whoPublishesOnceTheStreamIsOpenIsHeard() {
        for (int i = 0; i < 50; i++) {
            try (EventClient client = open("/topics/unkept")) {
                Position at = topics.publish("unkept", "hello " + i).position();
                assertThat(client.await(2).getLast()).isEqualTo(message("hello " + i, at));
            }
        }
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() {
        String id;
        try (EventClient client = open("/topics/" + topic)) {
            client.await(1);
            id = client.lastEventId();
        }
        Position first = topics.publish(topic, "one").position();
        topics.publish(topic, "two");
        for (String[] how : new String[][] {
            {"/topics/" + topic, "Last-Event-ID", id},
            {"/topics/" + topic + "?lastEventId=" + id},
            {"/topics/" + topic + "?since=" + id.replace('.', ':')}
        }) {
            String[] headers = how.length == 1 ? new String[0] : new String[] {how[1], how[2]};
            try (EventClient client = open(how[0], headers)) {
                assertThat(client.await(3).subList(1, 3))
                        .containsExactly(message("one", first), message("two", first.at(2)));
            }
        }
    }

    @Test
    void aClientThatCannotBeGivenAllIsToldWhereItGoesOn() {
        topics.publish(topic, "one");
        for (String id : List.of("other.1", "17", "e.1~e.2")) {
            try (EventClient client = open("/topics/" + topic, "Last-Event-ID", id)) {
                Event reset = client.await(1).getFirst();
                assertThat(reset.type()).isEqualTo("reset");
                assertThat(reset.lastEventId()).isEqualTo(EventId.of(topics.position(topic)));
            }
        }
    }

    @Test
    void oneStreamMayCarrySeveralTopicsAndPatterns() {
        String other = topic + ".other";
        String path = "/topics?topic=" + topic + "&topic=" + other + "&topic=loose.*";
        String id;
        try (EventClient client = open(path)) {
            client.await(3);
            Position one = topics.publish(topic, "one").position();
            Position two = topics.publish(other, "two").position();
            topics.publish("loose.ends", new byte[] {0});
            List<Event> events = client.await(6);
            assertThat(events.subList(0, 3)).allMatch(event -> event.type().equals("subscribed"));
            assertThat(events.get(3).data())
                    .isEqualTo("{\"topic\":\"" + topic + "\",\"epoch\":\"" + one.epoch()
                            + "\",\"offset\":1,\"data\":\"one\"}");
            assertThat(events.get(5).data())
                    .contains("\"topic\":\"loose.ends\"", "\"encoding\":\"base64\",\"data\":\"AA==\"");
            id = client.lastEventId();
            assertThat(id).isEqualTo(EventId.of(one) + "~" + EventId.of(two) + "~-");
        }
        topics.publish(topic, "missed");
        topics.publish(other, "missed, too");
        try (EventClient client = open(path, "Last-Event-ID", id)) {
            List<Event> events = client.await(5);
            assertThat(events)
                    .extracting(Event::type)
                    .containsExactly("subscribed", "message", "subscribed", "message", "reset");
            assertThat(events.get(1).data()).contains("\"missed\"");
            assertThat(events.get(3).data()).contains("\"missed, too\"");
            assertThat(events.get(4).data()).isEqualTo("{\"topic\":\"loose.*\"}");
        }
    }

    /** By its name and by two patterns. */
    @Test
    void aStreamGetsEachPublicationOnce() {
        try (EventClient client = open("/topics?topic=" + topic + "&topic=kept.*&topic=kept.%3E")) {
            client.await(3);
            for (int i = 0; i < 20; i++) {
                topics.publish(topic, "message " + i);
            }
            List<Event> events = client.await(23);
            for (int i = 0; i < 20; i++) {
                assertThat(events.get(3 + i).data()).endsWith("\"data\":\"message " + i + "\"}");
            }
            assertThat(client.events()).hasSize(23);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/event-stream;q=0.9, */*"})
    void whoDoesNotPreferEventsGetsJson(String accept) {
        HttpResponse<String> answer = RunningService.exchange(
                HttpRequest.newBuilder(service.http("/topics/" + topic)).header("Accept", accept));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().allValues("Vary")).contains("Accept");
    }

    @Test
    void aWebSocketOfTheSamePathIsAWebSocket() {
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/topics/" + topic).and("Accept: text/event-stream"));
            topics.publish(topic, "hello");
            assertThat(client.readFrame().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/topics/a..b", "/topics/news;v=1", "/topics/news?since=17", "/topics", "/topics?topic=a&topic=a"
            })
    void whatIsNoStreamIsAProblem(String path) {
        HttpResponse<String> answer = RunningService.exchange(
                HttpRequest.newBuilder(service.http(path)).header("Accept", "text/event-stream"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void aClientThatIsOnATopicIsSeenThereUntilItLeaves() {
        try (EventClient client = open("/topics/" + topic)) {
            client.await(1);
            await().until(() -> topics.members(topic).size() == 1);
            assertThat(service.get("/topics/" + topic).body()).contains("\"subscribers\":1");
        }
        await().until(() -> topics.members(topic).isEmpty());
        await().until(() -> service.get("/topics/" + topic).body().contains("\"subscribers\":0"));
    }

    @Test
    void answersAreCounted() {
        double before = service.meter("websocket.streams.answered", "endpoint", "/topics/{topic}", "result", "opened");
        open("/topics/" + topic).close();
        assertThat(service.meter("websocket.streams.answered", "endpoint", "/topics/{topic}", "result", "opened"))
                .isEqualTo(before + 1);
    }
}
