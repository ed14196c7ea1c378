package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.push.PushClose;
import dev.pushwire.stream.EventReader.Event;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamEventsTest {
    @Test
    void aStreamThatEndsForGoodSaysWhy() {
        EventReader reader =
                EventReader.of(StreamEvents.farewell(AccessStatus.TOKEN_EXPIRED).text());
        assertThat(reader.events())
                .containsExactly(new Event("close", "{\"code\":4403,\"reason\":\"the token has expired\"}", ""));
        assertThat(reader.retry()).isEqualTo(-1);
    }

    @Test
    void whoShouldComeBackIsToldTo() {
        EventReader reader = EventReader.of(
                StreamEvents.farewell(PushClose.UNAVAILABLE.status()).text());
        assertThat(reader.events()).extracting(Event::type).containsExactly("unavailable");
        assertThat(reader.retry()).isBetween(15_000L, 45_000L);
    }

    /** HTML, section 9.2.6: an event sets the client's id to what the stream has said so far, be that nothing. */
    @Test
    void aStreamThatDoesNotBeginLeavesItsClientThePosition() {
        EventReader reader = EventReader.of(StandardCharsets.UTF_8
                .decode(StreamEvents.unavailable("e.7", "full"))
                .toString());
        assertThat(reader.events())
                .containsExactly(new Event("unavailable", "{\"code\":4503,\"reason\":\"full\"}", "e.7"));
        assertThat(reader.lastEventId()).isEqualTo("e.7");
    }

    @Test
    void aHeartBeatEndsNoBlock() {
        EventReader reader =
                EventReader.of("id: e.7\n" + StreamEvents.HEARTBEAT.message().text() + "data: x\n\n");
        assertThat(reader.events()).containsExactly(new Event("message", "x", "e.7"));
        assertThat(reader.comments()).isOne();
    }

    @Test
    void clientsAreSpread() {
        Set<Long> times = IntStream.range(0, 100).mapToObj(i -> Retry.soon()).collect(Collectors.toSet());
        assertThat(times).hasSizeGreaterThan(50).allMatch(time -> time >= 2000 && time < 5000);
    }
}
