package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.pushwire.broker.TopicName;
import dev.pushwire.push.TestHub;
import dev.pushwire.testing.RecordingSession;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.test.web.servlet.setup.StandaloneMockMvcBuilder;

class TopicControllerTest {
    private static final int LIMIT = 32;
    private static final String PROBLEM = "application/problem+json";

    private final TestHub hub = new TestHub();
    private final RecordingSession subscriber = new RecordingSession();
    private final MockMvc mvc = mvc(TestKeys.NONE);

    @BeforeEach
    void subscribe() {
        hub.subscribe(new TopicName("news"), subscriber);
    }

    @Nested
    class Publishing {
        @Test
        void answersHowManyItWasHandedTo() throws Exception {
            hub.subscribe(new TopicName("news"), new RecordingSession());
            mvc.perform(post("/topics/news").content("hello"))
                    .andExpect(status().isAccepted())
                    .andExpect(content().contentType("application/json"))
                    .andExpect(content().json("{'topic': 'news', 'subscribers': 2}"));
            assertThat(subscriber.texts()).containsExactly("hello");
        }

        @Test
        void underTheSameIdempotencyKeyIsDoneOnce() throws Exception {
            for (boolean duplicate : List.of(false, true)) {
                mvc.perform(post("/topics/news").content("hello").header("Idempotency-Key", "once"))
                        .andExpect(status().isAccepted())
                        .andExpect(jsonPath("$.duplicate").value(duplicate));
            }
            assertThat(subscriber.texts()).containsExactly("hello");
        }

        @Test
        void toNobodyIsAcceptedToo() throws Exception {
            mvc.perform(post("/topics/weather").content("rain"))
                    .andExpect(status().isAccepted())
                    .andExpect(content().json("{'topic': 'weather', 'subscribers': 0}"));
            assertThat(subscriber.sent()).isEmpty();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(
                strings = {
                    "text/plain",
                    "text/plain;charset=ISO-8859-1",
                    "application/x-www-form-urlencoded",
                    "application/octet-streams",
                    "nonsense"
                })
        void isTextWhateverElseTheContentType(String contentType) throws Exception {
            String body = "a=%41&b=ü+ 😀&&";
            MockHttpServletRequestBuilder request = post("/topics/news").content(body.getBytes(StandardCharsets.UTF_8));
            if (contentType != null) {
                request.header(HttpHeaders.CONTENT_TYPE, contentType);
            }
            mvc.perform(request).andExpect(status().isAccepted());
            assertThat(subscriber.texts()).containsExactly(body);
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/octet-stream", "Application/Octet-Stream; x=y"})
        void isBinaryForAnOctetStream(String contentType) throws Exception {
            mvc.perform(post("/topics/news")
                            .header(HttpHeaders.CONTENT_TYPE, contentType)
                            .content(new byte[] {0, -1, 'a'}))
                    .andExpect(status().isAccepted());
            assertThat(subscriber.binaries()).containsExactly(ByteBuffer.wrap(new byte[] {0, -1, 'a'}));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{ \"a\" : [1.50, 1e400]}\n", "null", "\"text\""})
        void isJsonByteForByte(String json) throws Exception {
            mvc.perform(post("/topics/news").contentType("application/json").content(json))
                    .andExpect(status().isAccepted());
            assertThat(subscriber.texts()).containsExactly(json);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\uFEFF{}", "{", "1 2", "{\"a\":1,\"a\":2}", "\"\\ud800\""})
        void refusesWhatIsCalledJsonAndIsNone(String body) throws Exception {
            assertProblem(
                    mvc.perform(
                            post("/topics/news").contentType("application/json").content(body)),
                    400,
                    "Not JSON",
                    "names that occur once");
            assertThat(subscriber.sent()).isEmpty();
        }

        @Test
        void takesAnEmptyBody() throws Exception {
            mvc.perform(post("/topics/news")).andExpect(status().isAccepted());
            assertThat(subscriber.texts()).containsExactly("");
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/html", "image/png", "nonsense"})
        void isAnsweredWhateverTheRequestAccepts(String accept) throws Exception {
            mvc.perform(post("/topics/news").content("hello").header("Accept", accept))
                    .andExpect(status().isAccepted())
                    .andExpect(content().contentType("application/json"));
            mvc.perform(post("/topics/bad name").content("hello").header("Accept", accept))
                    .andExpect(status().isBadRequest())
                    .andExpect(content().contentType(PROBLEM));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ff", "c3", "61c0af", "eda080", "f4908080", "e282"})
        void refusesTextThatIsNotUtf8(String hex) throws Exception {
            ResultActions answer =
                    mvc.perform(post("/topics/news").content(HexFormat.of().parseHex(hex)));
            assertProblem(answer, 400, "Text is not UTF-8", "application/octet-stream");
            assertThat(subscriber.sent()).isEmpty();
        }

        @Test
        void refusesABadTopicName() throws Exception {
            for (String name : List.of("bad name", "*", "news.*", "ü", "a".repeat(129))) {
                assertProblem(
                        mvc.perform(post("/topics/{topic}", name).content("hello")),
                        400,
                        "Invalid topic name",
                        "1 to 128 characters");
            }
        }
    }

    @Nested
    class Size {
        @Test
        void upToTheLimit() throws Exception {
            mvc.perform(post("/topics/news").content("x".repeat(LIMIT))).andExpect(status().isAccepted());
            assertThat(subscriber.texts()).containsExactly("x".repeat(LIMIT));
        }

        @Test
        void judgedByContentLengthWithoutReading() throws Exception {
            LettersBody body = new LettersBody(Long.MAX_VALUE);
            assertTooLarge(mvc.perform(post("/topics/news").with(request -> {
                request.setContent(new byte[LIMIT + 1]);
                return request;
            })));
            assertTooLarge(perform(body, LIMIT + 1L));
            assertTooLarge(perform(body, Long.MAX_VALUE));
            assertThat(body.taken()).isZero();
        }

        @Test
        void judgedAfterOneByteMoreWhereTheLengthIsNotKnown() throws Exception {
            LettersBody body = new LettersBody(Long.MAX_VALUE);
            assertTooLarge(perform(body, -1));
            assertThat(body.taken()).isEqualTo(LIMIT + 1);
            assertThat(subscriber.sent()).isEmpty();
        }

        @Test
        void aBodyThatBreaksOff() throws Exception {
            LettersBody body = new LettersBody(3);
            assertProblem(perform(body, 10), 400, "Incomplete body", "to its end");
            assertThat(subscriber.sent()).isEmpty();
        }

        /**
         * The filter may have decompressed the body, and left the length as it was. So the body is longer than
         * announced.
         */
        @Test
        void aBodyThatAFilterHasMadeLonger() throws Exception {
            LettersBody body = new LettersBody(Long.MAX_VALUE);
            assertProblem(perform(body, 10), 400, "Incomplete body", "to its end");
            assertThat(body.taken()).isEqualTo(11);
            assertThat(subscriber.sent()).isEmpty();
        }

        @Test
        void aBodyThatAFilterHasReadBefore() throws Exception {
            MockHttpServletRequestBuilder request = post("/topics/news").content("a=b");
            ResultActions answer = behind((req, response, chain) -> {
                        req.getInputStream().readAllBytes();
                        chain.doFilter(req, response);
                    })
                    .perform(request);
            assertProblem(answer, 400, "Incomplete body", "to its end");
            assertThat(subscriber.sent()).isEmpty();
        }

        private void assertTooLarge(ResultActions answer) throws Exception {
            assertProblem(answer, 413, "Message too large", "at most 32 bytes");
        }
    }

    @Nested
    class Access {
        private final MockMvc guarded = mvc(TestKeys.of("0123456789abcdef"));

        @Test
        void withAKey() throws Exception {
            guarded.perform(post("/topics/news").content("hello").header("Authorization", "Bearer 0123456789abcdef"))
                    .andExpect(status().isAccepted());
            assertThat(subscriber.texts()).containsExactly("hello");
        }

        @Test
        void withoutAKey() throws Exception {
            ResultActions answer = guarded.perform(post("/topics/news").content("hello"));
            assertProblem(answer, 401, "Key missing", "Authorization: Bearer");
            answer.andExpect(header().string("WWW-Authenticate", "Bearer realm=\"pushwire\""));
            assertThat(subscriber.sent()).isEmpty();
        }

        @Test
        void withAWrongKey() throws Exception {
            ResultActions answer =
                    guarded.perform(post("/topics/news").content("hello").header("Authorization", "Bearer wrong"));
            assertProblem(answer, 401, "Key unknown", "pushwire.api.keys");
        }

        @Test
        void fromElsewhereWhereNoKeysAreSet() throws Exception {
            ResultActions answer =
                    mvc.perform(post("/topics/news").content("hello").remoteAddress("192.0.2.1"));
            assertProblem(answer, 403, "Local callers only", "pushwire.api.keys");
            assertThat(subscriber.sent()).isEmpty();
        }

        @Test
        void isJudgedBeforeTheBodyIsRead() throws Exception {
            LettersBody body = new LettersBody(Long.MAX_VALUE);
            behind(sending(body, -1), TestKeys.of("0123456789abcdef"))
                    .perform(post("/topics/news"))
                    .andExpect(status().isUnauthorized());
            assertThat(body.taken()).isZero();
        }

        @Test
        void isNotNeededToLook() throws Exception {
            guarded.perform(get("/topics/news")).andExpect(status().isOk());
            guarded.perform(get("/topics")).andExpect(status().isOk());
        }
    }

    @Nested
    class Looking {
        @Test
        void atATopic() throws Exception {
            mvc.perform(get("/topics/news"))
                    .andExpect(status().isOk())
                    .andExpect(content().contentType("application/json"))
                    .andExpect(content().json("{'topic': 'news', 'subscribers': 1}"));
            mvc.perform(get("/topics/weather")).andExpect(content().json("{'topic': 'weather', 'subscribers': 0}"));
        }

        @Test
        void atATopicWithABadName() throws Exception {
            assertProblem(mvc.perform(get("/topics/bad name")), 400, "Invalid topic name", "1 to 128 characters");
        }

        @Test
        void atAllTopics() throws Exception {
            hub.subscribe(new TopicName("alerts"), subscriber);
            String expected =
                    "{'topics': [{'topic': 'alerts', 'subscribers': 1}, {'topic': 'news', 'subscribers': 1}]}";
            mvc.perform(get("/topics"))
                    .andExpect(status().isOk())
                    .andExpect(content().json(expected));
        }

        @Test
        void whereThereAreNone() throws Exception {
            hub.unsubscribe(new TopicName("news"), subscriber);
            mvc.perform(get("/topics")).andExpect(content().json("{'topics': []}"));
        }
    }

    private static void assertProblem(ResultActions answer, int status, String title, String detailPart)
            throws Exception {
        answer.andExpect(status().is(status))
                .andExpect(content().contentType(PROBLEM))
                .andExpect(jsonPath("$.status").value(status))
                .andExpect(jsonPath("$.title").value(title));
        assertThat(answer.andReturn().getResponse().getContentAsString()).contains(detailPart);
    }

    private MockMvc mvc(ApiKeys keys) {
        return builder(keys).build();
    }

    /** A controller behind a filter. Every caller on this machine may publish. */
    private MockMvc behind(Filter filter) {
        return behind(filter, TestKeys.NONE);
    }

    private MockMvc behind(Filter filter, ApiKeys keys) {
        return builder(keys).addFilters(filter).build();
    }

    private StandaloneMockMvcBuilder builder(ApiKeys keys) {
        return MockMvcBuilders.standaloneSetup(Parts.topicController(hub.hub(), keys, LIMIT))
                .setControllerAdvice(new OwnApiErrors(), new ApiFailures(limit -> {}));
    }

    private ResultActions perform(LettersBody body, long contentLength) throws Exception {
        return behind(sending(body, contentLength)).perform(post("/topics/news"));
    }

    private static Filter sending(LettersBody body, long contentLength) {
        return (request, response, chain) ->
                chain.doFilter(new Sent((HttpServletRequest) request, body, contentLength), response);
    }

    /** A request with a body that is not in memory. */
    private static final class Sent extends HttpServletRequestWrapper {
        private final LettersBody body;
        private final long contentLength;

        Sent(HttpServletRequest request, LettersBody body, long contentLength) {
            super(request);
            this.body = body;
            this.contentLength = contentLength;
        }

        @Override
        public long getContentLengthLong() {
            return contentLength;
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }
    }
}
