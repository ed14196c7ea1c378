package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.protocol.Opcode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From an HTTP POST to the WebSockets of all subscribers. */
class PublishServiceTest {
    private static final String FORM = "application/x-www-form-urlencoded"; // what curl -d sends
    private static final String TEXT = "text/plain";
    private static final String BINARY = "application/octet-stream";
    private static final String PROBLEM = "application/problem+json";

    private final RunningService service = RunningService.with();

    private HttpResponse<String> publish(String topic, String contentType, byte[] body, String... headers) {
        return service.post("/topics/" + topic, contentType, BodyPublishers.ofByteArray(body), headers);
    }

    private HttpResponse<String> publish(String topic, String text) {
        return publish(topic, TEXT, ClientFrames.utf8(text));
    }

    @Nested
    class APublication {
        @ParameterizedTest
        @ValueSource(strings = {FORM, TEXT, "text/plain;charset=ISO-8859-1"})
        void arrivesByteForByte(String contentType) {
            String body = "a=1&b=%20+ü&&😀\n";
            try (RawClient one = RawClient.open(service, "/topics/verbatim");
                    RawClient two = RawClient.open(service, "/topics/verbatim");
                    RawClient other = RawClient.open(service, "/topics/other")) {
                HttpResponse<String> answer = publish("verbatim", contentType, ClientFrames.utf8(body));
                assertThat(answer.statusCode()).isEqualTo(202);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(answer.body()).startsWith("{\"topic\":\"verbatim\",\"subscribers\":2,\"position\":");
                one.assertText(body);
                two.assertText(body);

                publish("other", "only this");
                other.assertText("only this");
            }
        }

        @Test
        void ofAnOctetStreamIsBinary() {
            byte[] body = ClientFrames.hex("00 ff c0 80");
            try (RawClient subscriber = RawClient.open(service, "/topics/binary")) {
                assertThat(publish("binary", BINARY, body).statusCode()).isEqualTo(202);
                subscriber.assertFrameReceived(Opcode.BINARY, body);
            }
        }

        @Test
        void mayBeEmptyOrAsLargeAsAMessage() {
            String largest = "x".repeat(1024 * 1024);
            try (RawClient subscriber = RawClient.open(service, "/topics/sizes")) {
                publish("sizes", "");
                publish("sizes", largest);
                subscriber.assertText("");
                subscriber.assertFrameReceived(Opcode.TEXT, ClientFrames.utf8(largest));
            }
        }

        @Test
        void toNobodyIsAccepted() {
            HttpResponse<String> answer = publish("deserted", "anybody?");
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).startsWith("{\"topic\":\"deserted\",\"subscribers\":0,\"position\":");
        }

        @Test
        void followsTheOneBeforeIt() {
            try (RawClient subscriber = RawClient.open(service, "/topics/order")) {
                for (int i = 0; i < 200; i++) {
                    publish("order", "number " + i);
                }
                for (int i = 0; i < 200; i++) {
                    subscriber.assertText("number " + i);
                }
            }
        }

        /** A client that has read the 101 is subscribed, however soon the publication comes. */
        @Test
        void reachesWhoeverHasJustConnected() {
            for (int i = 0; i < 100; i++) {
                try (RawClient subscriber = RawClient.open(service, "/topics/quick" + i)) {
                    assertThat(publish("quick" + i, "already?").body()).contains("\"subscribers\":1,");
                    subscriber.assertText("already?");
                }
            }
        }
    }

    @Nested
    class Topics {
        @Test
        void areListedWithTheirSubscribersAsLongAsThereAreAny() {
            try (RawClient one = RawClient.open(service, "/topics/listed");
                    RawClient two = RawClient.open(service, "/topics/listed")) {
                one.send(ClientFrames.ping(""));
                assertThat(service.get("/topics").body()).contains("{\"topic\":\"listed\",\"subscribers\":2}");
                assertThat(service.get("/topics/listed").body())
                        .startsWith("{\"topic\":\"listed\",\"subscribers\":2,\"position\":");
                two.finish();
                await().untilAsserted(() ->
                        assertThat(service.get("/topics/listed").body()).contains("\"subscribers\":1,"));
            }
            await().untilAsserted(
                            () -> assertThat(service.get("/topics").body()).doesNotContain("listed"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a%20b", ".a", "a..b", "%C3%BC", "a*"})
        void needAProperName(String name) {
            assertProblem(publish(name, "hello"), 400, "Invalid topic name");
            try (RawClient client = RawClient.connect(service)) {
                HttpReply reply = client.ask(HandshakeText.of("/topics/" + name));
                reply.assertRefused(400, "topic name");
            }
        }
    }

    @Nested
    class IsRefused {
        /** What was meant for a topic must not reach another one. */
        @ParameterizedTest
        @ValueSource(strings = {"/topics/pure;v=1", "/topics/pure;", "/topics;v=1/pure", "/topics/pure;x/more"})
        void aPathWithParameters(String path) {
            try (RawClient subscriber = RawClient.open(service, "/topics/pure")) {
                HttpResponse<String> answer = service.post(path, TEXT, BodyPublishers.ofString("astray"));
                assertThat(answer.statusCode()).isIn(400, 404);
                publish("pure", "meant");
                subscriber.assertText("meant");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/topics/a;v=1",
                    "/topics;v=1",
                    "/api/topics;v=1",
                    "/api;v=1/topics/a/history",
                    "/topics/a%3Bv=1;"
                })
        void aPathWithParametersAlsoToRead(String path) {
            assertProblem(service.get(path), 400, "Path parameters");
        }

        @Test
        void textThatIsNotUtf8() {
            assertProblem(publish("news", FORM, ClientFrames.hex("61 c0 af")), 400, "Text is not UTF-8");
        }

        @Test
        void whatIsLargerThanAMessage() {
            assertProblem(publish("news", TEXT, new byte[1024 * 1024 + 1]), 413, "Message too large");
        }

        @Test
        void whatComesThroughAProxyWhereThereAreNoKeys() {
            byte[] body = ClientFrames.utf8("hello");
            assertProblem(publish("news", TEXT, body, "X-Forwarded-For", "203.0.113.9"), 403, "Local callers only");
            assertProblem(publish("news", TEXT, body, "Forwarded", "for=203.0.113.9"), 403, "Local callers only");
            assertProblem(publish("news", TEXT, body, "Origin", "https://evil.example"), 403, "Local callers only");
        }

        @ParameterizedTest
        @ValueSource(strings = {"framework", "native"})
        void whatComesThroughAProxyThatIsTrusted(String strategy) {
            RunningService behind = RunningService.with("server.forward-headers-strategy=" + strategy);
            HttpResponse<String> answer =
                    behind.post("/topics/news", TEXT, BodyPublishers.ofString("hello"), "X-Forwarded-For", "127.0.0.1");
            assertProblem(answer, 403, "Local callers only");
        }
    }

    @Nested
    class WithKeys {
        private final RunningService closed = RunningService.with(
                "pushwire.api.keys.one.secret=0123456789abcdef", "pushwire.api.keys.other.secret=fedcba9876543210");

        private HttpResponse<String> publish(String... headers) {
            return closed.post("/topics/news", FORM, BodyPublishers.ofString("hello"), headers);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer 0123456789abcdef", "bearer fedcba9876543210"})
        void whoSendsOneMayPublish(String authorization) {
            try (RawClient subscriber = RawClient.open(closed, "/topics/news")) {
                assertThat(publish("Authorization", authorization).statusCode()).isEqualTo(202);
                subscriber.assertText("hello");
            }
        }

        @Test
        void whoSendsOneMayBeFarAway() {
            HttpResponse<String> answer =
                    publish("Authorization", "Bearer 0123456789abcdef", "X-Forwarded-For", "203.0.113.9");
            assertThat(answer.statusCode()).isEqualTo(202);
        }

        @Test
        void whoSendsNoneIsAskedForOne() {
            assertProblem(publish(), 401, "Key missing");
            assertThat(publish().headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"pushwire\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer 0123456789abcdeF", "Bearer 0123456789abcde"})
        void whoSendsAWrongOneIsRefused(String authorization) {
            assertProblem(publish("Authorization", authorization), 401, "Key unknown");
        }

        @Test
        void anybodyMaySubscribe() {
            try (RawClient subscriber = RawClient.open(closed, "/topics/news")) {
                assertThat(closed.get("/topics/news").body())
                        .startsWith("{\"topic\":\"news\",\"subscribers\":1,\"position\":");
                subscriber.send(ClientFrames.close(1000, ""));
                subscriber.assertClosed(1000);
            }
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String title) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
        assertThat(answer.body()).contains("\"title\":\"" + title + "\"").contains("\"status\":" + status);
    }
}
