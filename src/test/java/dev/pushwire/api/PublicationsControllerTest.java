package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.push.TestHub;
import dev.pushwire.testing.RecordingSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** A request for several publications, one of which fails. */
class PublicationsControllerTest {
    private final TestHub hub = new TestHub();
    private final List<Limit> exceeded = new ArrayList<>();
    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new PublicationsController(
                    hub.hub(),
                    Parts.rights(TestKeys.NONE),
                    new TopicNames(exceeded::add),
                    new PublishLimits(100),
                    exceeded::add,
                    new TraceContext(false)))
            .setControllerAdvice(new OwnApiErrors(), new ApiFailures(exceeded::add))
            .build();

    private void assertRefused(String topics, String problem) throws Exception {
        mvc.perform(post("/api/publications")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"data\": 1, \"topics\": " + topics + "}"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(content().json(problem));
    }

    @Test
    void whatCameOfEachIsTold() throws Exception {
        for (int i = 0; i < TestHub.MOST_TOPICS; i++) {
            hub.subscribe(new TopicName("topic." + i), new RecordingSession());
        }
        assertRefused("[\"topic.1\", \"more\", \"topic.2\"]", """
            {"title": "Too many topics",
             "results": [{"topic": "topic.1", "duplicate": false}, {"topic": "more"}]}\
            """);
        assertThat(exceeded).containsExactly(Limit.TOPICS);
    }

    @Test
    void thereIsNoneWhileTheBrokerIsAway() throws Exception {
        hub.broker().setUnavailable(true);
        assertRefused("[\"news\", \"sports\"]", """
            {"title": "Topics are unavailable", "results": [{"topic": "news"}]}\
            """);
    }
}
