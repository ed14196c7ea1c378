package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.OpeningHandshake.Accepted;
import dev.pushwire.protocol.OpeningHandshake.Rejected;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHandshakeTest {
    private static final OriginPolicy SAME_ORIGIN = new OriginPolicy(List.of());

    /** What differs from the sample request, and the answer; in the order in which the rows are judged. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            REQUEST                                                       | ANSWER
            Sec-WebSocket-Version: 13                                     | 101
            -Sec-WebSocket-Version                                        | 426
            Sec-WebSocket-Version: 8                                      | 426
            Sec-WebSocket-Version: 013                                    | 426
            Sec-WebSocket-Version: 13, 8                                  | 101
            Sec-WebSocket-Version: 8,13                                   | 101
            Sec-WebSocket-Version: 8, 7                                   | 426
            Sec-WebSocket-Version: ,                                      | 426
            +Sec-WebSocket-Version: 8                                     | 101
            -Connection                                                   | 400
            Connection: close                                             | 400
            Connection: keep-alive                                        | 400
            Connection: keep-alive, Upgrade                               | 101
            Connection: keep-alive , upgrade                              | 101
            +Connection: keep-alive                                       | 101
            -Sec-WebSocket-Key                                            | 400
            Sec-WebSocket-Key:                                            | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ                     | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=                    | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== x                 | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTE=                   | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTEy                   | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j____==                 | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25-_Q==                   | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZ SBub25jZQ=                   | 400
            +Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==                  | 400
            +Authorization: Bearer x                                      | 101
            Sec-WebSocket-Protocol: chat, chat                            | 400
            Sec-WebSocket-Protocol: chat superchat                        | 400
            Sec-WebSocket-Protocol: "chat"                                | 400
            Sec-WebSocket-Protocol: unknown                               | 101
            Sec-WebSocket-Extensions: permessage-deflate; a="1            | 400
            Sec-WebSocket-Extensions: ;                                   | 400
            Sec-WebSocket-Extensions: permessage-deflate, unknown; a="1"  | 101
            Origin: http://server.example.com                             | 101
            Origin: http://example.com                                    | 403
            Origin: null                                                  | 403
            Origin: https://server.example.com                            | 101
            """)
    void truthTable(String request, int answer) {
        assertThat(answer(Requests.sample().changed(request)).status()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "get", ""})
    void onlyGet(String method) {
        OpeningHandshake answer = answer(Requests.sample().method(method));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", "GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/0.9"})
    void notBelowHttp11(String version) {
        assertThat(answer(Requests.sample().httpVersion(version)).status()).isEqualTo(400);
    }

    @Test
    void onlyOneOrigin() {
        Requests request = Requests.sample().with("Origin", "http://server.example.com", "http://server.example.com");
        assertThat(answer(request).status()).isEqualTo(400);
    }

    /** RFC 9110, section 5.3: it is no list, so nobody knows which one counts. */
    @Test
    void onlyOneAuthorization() {
        assertThat(answer(Requests.sample().with("Authorization", "Basic eDp5", "Bearer x"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theFirstRowThatAppliesDecides() {
        Requests wrong = Requests.sample()
                .method("POST")
                .httpVersion("HTTP/1.0")
                .with("Sec-WebSocket-Version", "8")
                .with("Sec-WebSocket-Key", "short")
                .with("Origin", "http://evil.example");
        assertStatus(405, wrong);
        assertStatus(400, wrong.method("GET"));
        assertStatus(426, wrong.httpVersion("HTTP/1.1"));
        assertStatus(400, wrong.with("Sec-WebSocket-Version", "13"));
        assertStatus(403, wrong.with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        assertStatus(503, wrong.changed("-Origin"));
    }

    @Nested
    @DisplayName("RFC 6455, 4.2.2: the answer 101")
    class Acceptance {
        @ParameterizedTest
        @CsvSource({
            "dGhlIHNhbXBsZSBub25jZQ==, s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "sN9cRrP/n9NdMgdcy2VJFQ==, fFBooB7FAkLlXgRSz0BT3v4hq5s=",
            "x3JJHMbDL1EzLkh9GBhXDw==, HSmrc0sMlYUkAGmm5OPpG2HaGWk="
        })
        void provesThatTheKeyWasRead(String key, String accept) {
            assertThat(answer(Requests.sample().with("Sec-WebSocket-Key", key)).headers())
                    .containsEntry("Sec-WebSocket-Accept", accept);
        }

        @Test
        void hasTheseHeadersAndNoOther() {
            OpeningHandshake answer =
                    answer(Requests.sample().with("Sec-WebSocket-Extensions", "permessage-deflate"), "chat");
            assertThat(answer).isInstanceOf(Accepted.class);
            assertThat(answer.headers())
                    .hasSize(3)
                    .containsEntry("Upgrade", "websocket")
                    .containsEntry("Connection", "Upgrade")
                    .containsKey("Sec-WebSocket-Accept");
        }

        /** Those it speaks, those offered, and the one agreed on. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                chat           | chat, superchat  | chat
                chat superchat | superchat, chat  | chat
                superchat chat | chat, superchat  | superchat
                b c            | a ,, b,\tc       | b
                chat           | Chat             |
                chat           | other            |
                ''             | chat             |
                """)
        void namesTheSubprotocolThatTheEndpointLikesBest(String spoken, String offered, @Nullable String chosen) {
            assertSubprotocol(
                    chosen, answer(Requests.sample().with("Sec-WebSocket-Protocol", offered), spoken.split(" ")));
        }

        @Test
        void namesASubprotocolOfAnyLine() {
            assertSubprotocol(
                    "c", answer(Requests.sample().with("Sec-WebSocket-Protocol", "a", "b, c"), "x", "c", "b"));
        }

        @Test
        void namesNoSubprotocolWhenNoneIsOffered() {
            assertSubprotocol(null, answer(Requests.sample(), "chat"));
        }

        private void assertSubprotocol(@Nullable String expected, OpeningHandshake answer) {
            assertThat(answer).asInstanceOf(type(Accepted.class)).returns(expected, Accepted::subprotocol);
            assertThat(answer.headers().get("Sec-WebSocket-Protocol")).isEqualTo(expected);
        }
    }

    @Nested
    class Refusal {
        @Test
        void of426SaysTheVersionToUse() {
            assertThat(answer(Requests.sample().with("Sec-WebSocket-Version", "8"))
                            .headers())
                    .containsEntry("Sec-WebSocket-Version", "13")
                    .containsEntry("Upgrade", "websocket")
                    .containsEntry("Connection", "Upgrade");
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
        void of503SaysWhenToTryAgain(Availability availability) {
            OpeningHandshake answer = answer(Requests.sample(), availability);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers().get("Retry-After")).matches("[0-9]+");
        }

        @Test
        void whileDrainingClosesTheConnection() {
            assertThat(answer(Requests.sample(), Availability.DRAINING).headers())
                    .containsEntry("Connection", "close");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                Sec-WebSocket-Version: 99           | Sec-WebSocket-Version must be 13.
                Connection: close                   | The Connection header must contain Upgrade.
                Sec-WebSocket-Key: <b>              | There must be one Sec-WebSocket-Key, the base64 form of 16 bytes.
                Sec-WebSocket-Protocol: a, <b>      | Sec-WebSocket-Protocol is malformed: a name was expected at character 4.
                Sec-WebSocket-Protocol: a, a        | Sec-WebSocket-Protocol must not name a subprotocol twice.
                Sec-WebSocket-Extensions: a <b>     | Sec-WebSocket-Extensions is malformed: a comma was expected at character 3.
                Origin: http://evil.example         | This Origin is not allowed to open a WebSocket here.
                Origin: null                        | This Origin is not allowed to open a WebSocket here.
                Origin: http://server.example.com/  | This Origin is malformed: it has a scheme, a host and maybe a port, and no slash at its end.
                Origin: server.example.com          | This Origin is malformed: it has a scheme, a host and maybe a port, and no slash at its end.
                """)
        void saysWhatIsWrongWithoutTheClientsOwnWords(String request, String reason) {
            assertThat(answer(Requests.sample().changed(request)))
                    .asInstanceOf(type(Rejected.class))
                    .returns(reason, Rejected::reason);
        }
    }

    /** As full as can be, so that every other row comes first. */
    private static void assertStatus(int status, Requests request) {
        assertThat(answer(request, Availability.FULL).status()).isEqualTo(status);
    }

    private static OpeningHandshake answer(Requests request, String... subprotocols) {
        return OpeningHandshake.answer(
                request.build(), new HandshakePolicy(SAME_ORIGIN, List.of(subprotocols), null, Availability.OPEN));
    }

    private static OpeningHandshake answer(Requests request, Availability availability) {
        return OpeningHandshake.answer(
                request.build(), new HandshakePolicy(SAME_ORIGIN, List.of(), null, availability));
    }
}
