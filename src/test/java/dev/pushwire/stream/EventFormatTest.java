package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.stream.EventReader.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventFormatTest {
    private static final TopicName NEWS = new TopicName("news");
    private static final Position PLACE = new Position("e", 7);

    private static Event event(Payload payload) {
        Publication publication = new Publication(NEWS, PLACE, payload, null, Instant.EPOCH);
        return only(EventReader.of(EventFormat.INSTANCE.publication(publication).text()));
    }

    private static Event only(EventReader reader) {
        assertThat(reader.events()).hasSize(1);
        return reader.events().getFirst();
    }

    @Test
    void textComesAsText() {
        assertThat(event(Payload.text("two\nlines"))).isEqualTo(new Event("message", "two\nlines", "e.7"));
    }

    @Test
    void jsonComesInOneLine() {
        byte[] json = "{\r\n  \"a\": 1\r}".getBytes(StandardCharsets.UTF_8);
        assertThat(event(Payload.of(Payload.Kind.JSON, json)).data()).isEqualTo("{    \"a\": 1 }");
    }

    @Test
    void bytesComeInBase64() {
        assertThat(event(Payload.of(Payload.Kind.BINARY, new byte[] {0, -1})))
                .isEqualTo(new Event("binary", "AP8=", "e.7"));
    }

    @Test
    void whoMayHaveMissedSomethingIsToldWhereTheTopicGoesOn() {
        assertThat(only(EventReader.of(
                        EventFormat.INSTANCE.resumed(NEWS, PLACE, false).text())))
                .isEqualTo(new Event("reset", "{\"topic\":\"news\",\"epoch\":\"e\",\"offset\":7}", "e.7"));
        assertThat(only(EventReader.of(
                                EventFormat.INSTANCE.resumed(NEWS, PLACE, true).text()))
                        .type())
                .isEqualTo("resumed");
    }
}
