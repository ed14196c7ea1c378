package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Tokens;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/publications} as back ends use it. */
class PublicationsServiceTest {
    private final RunningService service = ApiClient.startedService();
    private final ApiClient api = new ApiClient(service, ApiClient.KEY);

    @Test
    void oneTopic() {
        try (RawClient subscriber = RawClient.open(service, "/topics/pub.one")) {
            api.post("/api/publications", "{'topic': 'pub.one', 'data': {'price': 1.10, 'big': 12345678901234567890}}")
                    .assertOk()
                    .assertHas("results[0].topic", "pub.one")
                    .assertHas("results[0].duplicate", false);
            subscriber.assertText("{\"price\":1.10,\"big\":12345678901234567890}");
            api.post("/api/publications", "{'topic': 'pub.one', 'data': 'plain text'}")
                    .assertOk();
            subscriber.assertText("plain text");
            api.post("/api/publications", "{'topic': 'pub.one', 'data': null}").assertOk();
            subscriber.assertText("null");
            api.post("/api/publications", "{'topic': 'pub.one', 'data': 'AP8=', 'encoding': 'base64'}")
                    .assertOk();
            subscriber.assertFrameReceived(Opcode.BINARY, new byte[] {0, -1});
        }
    }

    @Test
    void numbersKeepTheirDigitsEverywhere() {
        String data = "[1,2.50,1e400,1E+2,-0.0,12345678901234567890123]";
        api.post("/api/publications", "{'topic': 'kept.digits', 'data': " + data + "}")
                .assertOk();
        assertThat(api.get("/api/topics/kept.digits/history")
                        .assertOk()
                        .response()
                        .body())
                .contains("\"data\":" + data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'data': '\\ud800'", "'data': {'a': ['\\udc00']}", "'data': 1, 'key': '\\ud800'"})
    void halfOfASurrogatePairIsRefused(String fields) {
        api.post("/api/publications", "{'topic': 'a', " + fields + "}").assertProblem(400, "surrogate pair");
    }

    @Test
    void severalTopicsAndABatchInTheirOrder() {
        try (RawClient a = RawClient.open(service, "/topics/pub.a");
                RawClient b = RawClient.open(service, "/topics/pub.b")) {
            api.post("/api/publications", "{'topics': ['pub.a', 'pub.b'], 'data': 'to both'}")
                    .assertOk()
                    .assertHas("results[*].topic", List.of("pub.a", "pub.b"));
            a.assertText("to both");
            b.assertText("to both");
            api.post("/api/publications/batch", """
                    {'publications': [{'topic': 'pub.a', 'data': 'one'}, {'topic': 'pub.b', 'data': 'two'},
                                      {'topic': 'pub.a', 'data': 'three'}]}""").assertOk().assertHas("results.length()", 3);
            a.assertText("one");
            a.assertText("three");
            b.assertText("two");
        }
    }

    @Test
    void nullIsAsGoodAsAbsent() {
        api.post(
                        "/api/publications",
                        "{'topic': null, 'topics': ['a', 'a'], 'data': 1, 'encoding': null, 'key': null, 'idempotencyKey': null}")
                .assertOk()
                .assertHas("results.length()", 2);
        api.post("/api/publications", "{'topic': 'a', 'topics': null, 'data': null}")
                .assertOk();
    }

    @Test
    void theSameIdempotencyKeyPublishesOnce() {
        String once = "{'topic': 'kept.once', 'data': 1, 'idempotencyKey': 'k1'}";
        String position = api.post("/api/publications", once).assertOk().value("results[0].position");
        api.post("/api/publications", once)
                .assertOk()
                .assertHas("results[0].duplicate", true)
                .assertHas("results[0].position", position);
        api.get("/api/topics/kept.once/history").assertOk().assertHas("publications.length()", 1);
    }

    @Test
    void aMistakeInOneLeavesNoneBehind() {
        api.post("/api/publications/batch", """
                {'publications': [{'topic': 'kept.none', 'data': 1}, {'topic': 'bad name', 'data': 2}]}""").assertProblem(400, "topic name");
        api.post("/api/publications", "{'topics': ['kept.none', 'a..b'], 'data': 1}")
                .assertProblem(400, "topic name");
        api.get("/api/topics/kept.none/history").assertOk().assertHas("publications.length()", 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "7",
                "{}",
                "{'topic': 'a'}",
                "{'data': 1}",
                "{'topics': [], 'data': 1}",
                "{'topics': [null], 'data': 1}",
                "{'topic': 'a', 'topics': ['b'], 'data': 1}",
                "{'topic': 'a', 'data': 1, 'more': 2}",
                "{'topic': 'a', 'data': 1} {}",
                "{'topic': 'a', 'topic': 'b', 'data': 1}",
                "{'topic': 'a', 'data': 1, 'encoding': 'base64'}",
                "{'topic': 'a', 'data': '***', 'encoding': 'base64'}",
                "{'topic': 'a', 'data': 'a', 'encoding': 'hex'}",
                "{'topic': 'a', 'data': 1, 'key': ''}",
                "{'topic': {}, 'data': 1}",
                "{'topic': 'a', 'data': "
            })
    void whatIsNoPublicationIsRefused(String body) {
        api.post("/api/publications", body).assertProblem(400, "A publication has 'topic' or 'topics'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'publications': []}", "{'publications': [null]}", "{'publications': {}}"})
    void whatIsNoBatchIsRefused(String body) {
        api.post("/api/publications/batch", body).assertProblem(400, "A batch is");
    }

    @Test
    void whereItIsWrongIsSaid() {
        api.post("/api/publications/batch", "{'publications': [{'topic': 'a', 'data': 1}, {'topic': [1]}]}")
                .assertProblem(400, "at 'publications[1].topic'");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {'topics': ['a', 'a..b'], 'data': 1}                    | topics[1]
            {'topics': ['a', null], 'data': 1}                      | topics[1]
            {'topic': 'a', 'topics': ['b'], 'data': 1}              | topics
            {'topic': '', 'data': 1}                                | topic
            {'data': 1}                                             | topic
            {'topic': 'a'}                                          | data
            {'topic': 'a', 'data': 1, 'encoding': 'base64'}         | data
            {'topic': 'a', 'data': 'a', 'encoding': 'hex'}          | encoding
            {'topic': 'a', 'data': 1, 'key': ''}                    | key
            {'topic': 'a', 'data': 1, 'idempotencyKey': ''}         | idempotencyKey
            """)
    void whichFieldIsWrongIsSaid(String publication, String field) {
        api.post("/api/publications", publication).assertProblem(400, "It is wrong at '" + field + "'.");
        api.post("/api/publications/batch", "{'publications': [{'topic': 'a', 'data': 1}, " + publication + "]}")
                .assertProblem(400, "It is wrong at 'publications[1]." + field + "'.");
    }

    @Test
    void whichOneIsTooLargeOrNotAllowedIsSaid() {
        String large =
                "{'publications': [{'topic': 'a', 'data': 1}, {'topic': 'a', 'data': '" + "x".repeat(1025) + "'}]}";
        api.post("/api/publications/batch", large).assertProblem(413, "'publications[1].data'");
        new ApiClient(service, Tokens.of("ada").publishing("a").signed())
                .post("/api/publications", "{'topics': ['a', 'b'], 'data': 1}")
                .assertProblem(403, "'topics[1]'");
    }

    @Test
    void tooMuchIsRefused() {
        String large = "x".repeat(1025);
        api.post("/api/publications", "{'topic': 'a', 'data': '" + large + "'}")
                .assertProblem(413, "at most 1024 bytes");
        api.post("/api/publications", "{'topic': 'a', 'data': '" + "x".repeat(9000) + "'}")
                .assertProblem(413, "The body of this request has at most 8192 bytes.");
        String topics = "'t',".repeat(1000) + "'t'";
        api.post("/api/publications", "{'topics': [" + topics + "], 'data': 1}")
                .assertProblem(400, "at most 1000 topics");
        api.post("/api/publications/batch", "{'publications': [{'topics': [" + topics + "], 'data': 1}]}")
                .assertProblem(400, "1 to 1000");
    }

    /** Some clients send everything before they read, and do not ask first with {@code Expect: 100-continue}. */
    @Test
    void aBodyThatIsFarTooLargeIsReadToItsEndSoThatItsSenderHearsWhy() {
        int length = 12 * 1024 * 1024;
        try (RawClient client = RawClient.connect(service)) {
            client.send(
                    ClientFrames.utf8("POST /api/publications HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + ApiClient.KEY + "\r\nContent-Type: application/json\r\nContent-Length: " + length
                            + "\r\n\r\n"),
                    new byte[length]);
            assertThat(client.readReply().status()).isEqualTo(413);
        }
    }

    @Test
    void aTopicNameThatIsTooLongIsCounted() {
        double before = service.meter("websocket.limits.exceeded", "limit", "topic_name_length");
        api.post("/api/publications", "{'topic': '" + "x".repeat(129) + "', 'data': 1}")
                .assertProblem(400, "128");
        assertThat(service.meter("websocket.limits.exceeded", "limit", "topic_name_length"))
                .isEqualTo(before + 1);
    }
}
