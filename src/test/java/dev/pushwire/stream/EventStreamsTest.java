package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.FakeNewTopics;
import dev.pushwire.push.SubscriptionGate;
import dev.pushwire.push.TestHub;
import dev.pushwire.tomcat.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class EventStreamsTest {
    private final TestHub hub = new TestHub();
    private final List<StreamListener.Result> results = new ArrayList<>();

    /** For that may use up its ticket. */
    @Test
    void aClientThatFindsNoRoomIsNotAdmittedFirst() throws Exception {
        Streams full = new Streams(null, new ConnectionRegistry(0), null, (_, _) -> new ConnectionListener() {});
        EventStreams streams = new EventStreams(
                full,
                (_, _) -> {
                    throw new AssertionError("admitted");
                },
                new SubscriptionGate(
                        hub.hub(),
                        new ClaimsAccess(TestHub.RULES, true),
                        new FakeNewTopics(Integer.MAX_VALUE),
                        limit -> {}),
                hub.hub(),
                hub.presence(),
                limit -> {},
                ClientListener.NONE,
                (_, result, _) -> results.add(result));
        MockHttpServletResponse response = new MockHttpServletResponse();
        streams.answerOne(
                new MockHttpServletRequest("GET", "/topics/news"), response, "/topics/news", Map.of("topic", "news"));
        assertThat(response.getContentAsString()).contains("event: unavailable");
        assertThat(results).containsExactly(StreamListener.Result.UNAVAILABLE);
    }
}
