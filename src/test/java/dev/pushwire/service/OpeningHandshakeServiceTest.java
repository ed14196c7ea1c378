package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 4.2, over a socket: what the service answers to which request, to the byte. */
class OpeningHandshakeServiceTest {
    private static final HandshakeText ECHO = HandshakeText.of("/echo");

    private final RunningService service = RunningService.with();

    private HttpReply ask(HandshakeText request) {
        try (RawClient client = RawClient.connect(service)) {
            return client.ask(request);
        }
    }

    @Nested
    class Accepts {
        @ParameterizedTest
        @CsvSource({
            "dGhlIHNhbXBsZSBub25jZQ==, s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "sN9cRrP/n9NdMgdcy2VJFQ==, fFBooB7FAkLlXgRSz0BT3v4hq5s="
        })
        void aCorrectRequest(String key, String accept) {
            HttpReply reply = ask(ECHO.with("Sec-WebSocket-Key: " + key));
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.headers()).containsOnlyKeys("Connection", "Date", "Sec-WebSocket-Accept", "Upgrade");
            assertThat(reply.headers())
                    .containsEntry("Upgrade", "websocket")
                    .containsEntry("Connection", "Upgrade")
                    .containsEntry("Sec-WebSocket-Accept", accept);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Upgrade: WebSocket",
                    "Upgrade: h2c, WEBSOCKET",
                    "Connection: upgrade",
                    "Connection: keep-alive, Upgrade",
                    "Connection:UPGRADE ,keep-alive",
                    "Connection: close, Upgrade",
                    "Authorization:",
                    "sec-websocket-version:  13  ",
                    "sec-websocket-version: 13, 8",
                    "Content-Length: 0"
                })
        void otherSpellings(String line) {
            HandshakeText request = line.startsWith("sec-")
                    ? ECHO.without("Sec-WebSocket-Version").and(line)
                    : ECHO.with(line);
            assertThat(ask(request).status()).isEqualTo(101);
        }

        @Test
        void connectionOptionsOnSeveralLines() {
            assertThat(ask(ECHO.with("Connection: keep-alive").and("Connection: Upgrade"))
                            .status())
                    .isEqualTo(101);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "v1.probe           | v1.probe",
                    "v1.probe, v2.probe | v2.probe",
                    "x, ,v1.probe       | v1.probe",
                    "x, V1.PROBE        | ''",
                    "x                  | ''"
                })
        void theSubprotocolThatTheEndpointWantsMostOfThoseOffered(String offered, String chosen) {
            String path = Probe.on(Execution.EVENT_LOOP).path();
            HttpReply reply = ask(HandshakeText.of(path).and("Sec-WebSocket-Protocol: " + offered));
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("Sec-WebSocket-Protocol")).isEqualTo(chosen);
        }

        @Test
        void subprotocolsOnSeveralLines() {
            HttpReply reply = ask(HandshakeText.of("/chat")
                    .and("Sec-WebSocket-Protocol: x, superchat", "Sec-WebSocket-Protocol: chat"));
            assertThat(reply.header("Sec-WebSocket-Protocol")).isEqualTo("chat");
        }

        @Test
        void aHandshakeInSingleBytes() {
            try (RawClient client = RawClient.connect(service)) {
                client.dribble(ECHO.bytes());
                assertThat(client.readReply().status()).isEqualTo(101);
                client.assertEchoes("hello");
            }
        }

        @Test
        void framesInTheSameSegmentAsTheHandshake() {
            try (RawClient client = RawClient.connect(service)) {
                byte[] half = ClientFrames.text("three");
                client.send(ECHO.bytes(), ClientFrames.text("one"), ClientFrames.text("two"), Arrays.copyOf(half, 4));
                assertThat(client.readReply().status()).isEqualTo(101);
                client.assertText("one");
                client.assertText("two");
                client.send(Arrays.copyOfRange(half, 4, half.length));
                client.assertText("three");
            }
        }

        @Test
        void aCloseInTheSameSegmentAsTheHandshake() {
            try (RawClient client = RawClient.connect(service)) {
                client.send(ECHO.bytes(), ClientFrames.close(3000, "bye"));
                assertThat(client.readReply().status()).isEqualTo(101);
                client.assertClosed(3000);
            }
        }

        @Test
        void anUpgradeBehindHttpRequestsOnTheSameConnection() {
            HandshakeText get =
                    HandshakeText.of("/topics/news").without("Upgrade").with("Connection: keep-alive");
            try (RawClient client = RawClient.connect(service)) {
                assertThat(client.ask(get).body()).contains("\"topic\":\"news\"");
                assertThat(client.ask(get).status()).isEqualTo(200);
                client.upgrade(ECHO).assertEchoes("hello");
            }
        }

        @Test
        void anUpgradeInTheSameSegmentAsTheHttpRequestBeforeIt() {
            HandshakeText get =
                    HandshakeText.of("/topics/news").without("Upgrade").with("Connection: keep-alive");
            try (RawClient client = RawClient.connect(service)) {
                client.send(get.bytes(), ECHO.bytes(), ClientFrames.text("hello"));
                assertThat(client.readReply().status()).isEqualTo(200);
                assertThat(client.readReply().status()).isEqualTo(101);
                client.assertText("hello");
            }
        }

        @Test
        void aRightHandshakeBehindOneOfAnotherVersion() {
            try (RawClient client = RawClient.connect(service)) {
                assertThat(client.ask(ECHO.with("Sec-WebSocket-Version: 8")).status())
                        .isEqualTo(426);
                client.upgrade(ECHO).assertEchoes("hello");
            }
        }
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "HEAD", "OPTIONS", "DELETE"})
        void anythingButGet(String method) {
            HttpReply reply = ask(ECHO.requestLine(method + " /echo HTTP/1.1"), method.equals("HEAD"));
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET");
        }

        @ParameterizedTest
        @ValueSource(strings = {"8", "0", "14", "013", "8, 7", "x", ""})
        void anotherVersion(String version) {
            assertWrongVersion(ECHO.with("Sec-WebSocket-Version: " + version));
        }

        @Test
        void noVersion() {
            assertWrongVersion(ECHO.without("Sec-WebSocket-Version"));
        }

        private void assertWrongVersion(HandshakeText request) {
            HttpReply reply = ask(request);
            reply.assertRefused(426, "Sec-WebSocket-Version");
            assertThat(reply.header("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(reply.header("Upgrade")).isEqualTo("websocket");
            assertThat(reply.header("Connection")).isEqualTo("Upgrade");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "dGhlIHNhbXBsZSBub25jZQ=",
                    "dGhlIHNhbXBsZSBub25jZQ",
                    "dGhlIHNhbXBsZSBub25jZXM=",
                    "dGhlIHNhbXBsZSBub25j",
                    "dGhlIHNhbXBsZSBub25jZ!==",
                    "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ=="
                })
        void aKeyThatIsNotSixteenBytes(String key) {
            ask(ECHO.with("Sec-WebSocket-Key: " + key)).assertRefused(400, "Sec-WebSocket-Key");
        }

        @Test
        void noKey() {
            ask(ECHO.without("Sec-WebSocket-Key")).assertRefused(400, "Sec-WebSocket-Key");
        }

        @Test
        void twoKeys() {
            HandshakeText request = ECHO.and("Sec-WebSocket-Key: " + HandshakeText.KEY);
            ask(request).assertRefused(400, "Sec-WebSocket-Key");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Connection: keep-alive", "Connection: close", "Connection: Upgrade-Insecure"})
        void aConnectionThatIsNotToBeUpgraded(String line) {
            ask(ECHO.with(line)).assertRefused(400, "Connection");
        }

        @Test
        void noConnectionHeader() {
            ask(ECHO.without("Connection")).assertRefused(400, "Connection");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Sec-WebSocket-Protocol: a b",
                    "Sec-WebSocket-Protocol: chat, chat",
                    "Sec-WebSocket-Protocol: (chat)",
                    "Sec-WebSocket-Extensions: ;x",
                    "Sec-WebSocket-Extensions: x; y=\"z"
                })
        void aMalformedHeader(String line) {
            ask(ECHO.and(line)).assertRefused(400, line.substring(0, line.indexOf(':')));
        }

        @Test
        void aBody() {
            try (RawClient client = RawClient.connect(service)) {
                client.send(ECHO.and("Content-Length: 5").bytes(), ClientFrames.utf8("hello"));
                client.readReply().assertRefused(400, "body");
            }
        }

        @Test
        void httpOneDotZero() {
            ask(ECHO.requestLine("GET /echo HTTP/1.0")).assertRefused(400, "HTTP/1.1");
        }

        private HttpReply ask(HandshakeText request) {
            return OpeningHandshakeServiceTest.this.ask(request);
        }

        private HttpReply ask(HandshakeText request, boolean repliesWithoutBody) {
            try (RawClient client = RawClient.connect(service)) {
                client.send(request.bytes());
                return repliesWithoutBody ? client.readReplyHead() : client.readReply();
            }
        }
    }

    @Nested
    class LeavesToSpring {
        @Test
        void aPathThatNobodyMaps() {
            HttpReply reply = ask(HandshakeText.of("/nobody"));
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Upgrade: h2c", "Upgrade: websockets", "Upgrade: web socket", "X-Upgrade: websocket"})
        void aRequestThatDoesNotAskForAWebSocket(String line) {
            HttpReply reply =
                    ask(HandshakeText.of("/topics/news").without("Upgrade").and(line));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).startsWith("{\"topic\":\"news\",\"subscribers\":0");
        }

        @Test
        void aPathThatIsForWebSocketsAlone() {
            HttpResponse<String> answer = service.get("/echo");
            assertThat(answer.statusCode()).isEqualTo(426);
            assertThat(answer.headers().firstValue("Upgrade")).hasValue("websocket");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("This path is for WebSockets");

            HttpResponse<String> posted = service.post("/echo", "text/plain", BodyPublishers.ofString("hello"));
            assertThat(posted.statusCode()).isEqualTo(405);
            assertThat(posted.headers().firstValue("Allow")).hasValue("GET");
        }
    }
}
