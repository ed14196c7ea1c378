package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.push.TestHub;
import dev.pushwire.testing.RecordingSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** However many topics there are, or are asked for. */
class ManyTopicsTest {
    private final TestHub hub = new TestHub();
    private final List<Limit> exceeded = new ArrayList<>();
    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(Parts.topicController(hub.hub(), TestKeys.NONE, 100))
            .setControllerAdvice(new OwnApiErrors(), new ApiFailures(exceeded::add))
            .build();

    @BeforeEach
    void subscribe() {
        hub.subscribe(new TopicName("news"), new RecordingSession());
    }

    private static void assertProblem(ResultActions answer, int status, String title, String detailPart)
            throws Exception {
        answer.andExpect(status().is(status)).andExpect(jsonPath("$.title").value(title));
        assertThat(answer.andReturn().getResponse().getContentAsString()).contains(detailPart);
    }

    @Test
    void isRefusedWhereThereIsNoRoomForTheTopic() throws Exception {
        for (int i = 1; i < TestHub.MOST_TOPICS; i++) {
            hub.subscribe(new TopicName("topic." + i), new RecordingSession());
        }
        ResultActions refused = mvc.perform(post("/topics/more").content("hello"));
        assertProblem(refused, 503, "Too many topics", "pushwire.limits.topics");
        refused.andExpect(header().string("Retry-After", "1"));
        assertThat(exceeded).containsExactly(Limit.TOPICS);
        mvc.perform(post("/topics/news").content("hello")).andExpect(status().isAccepted());
    }

    @Test
    void areListedAPageAtATime() throws Exception {
        for (String name : List.of("c", "a", "b")) {
            hub.subscribe(new TopicName(name), new RecordingSession());
        }
        mvc.perform(get("/topics").param("limit", "2"))
                .andExpect(content()
                        .json(
                                "{'topics': [{'topic': 'a', 'subscribers': 1}, {'topic': 'b', 'subscribers': 1}],"
                                        + " 'next': 'b'}",
                                JsonCompareMode.STRICT));
        mvc.perform(get("/topics").param("limit", "2").param("after", "b"))
                .andExpect(jsonPath("$.topics[0].topic").value("c"))
                .andExpect(jsonPath("$.topics[1].topic").value("news"))
                .andExpect(jsonPath("$.next").doesNotExist());
        for (String limit : List.of("0", "1001", "x")) {
            assertProblem(mvc.perform(get("/topics").param("limit", limit)), 400, "Invalid parameter", "'limit'");
        }
    }

    @Test
    void aLookAtOneLeavesNothing() throws Exception {
        for (int i = 0; i < 1000; i++) {
            mvc.perform(get("/topics/fresh." + i))
                    .andExpect(jsonPath("$.subscribers").value(0));
        }
        assertThat(hub.keptTopics()).isOne();
        assertThat(hub.hub().heldTopics()).isOne();
    }
}
