package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 4.2.1, item 3. */
class HandshakeRequestTest {
    private static boolean asks(String... upgrade) {
        return HandshakeRequest.asksForWebSocket("HTTP/1.1", List.of(upgrade));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"websocket", "WebSocket", "WEBSOCKET", "foo, WebSocket", "foo ,\twebsocket ,bar", ",,websocket,"
            })
    void asksForWebSocket(String upgrade) {
        assertThat(asks(upgrade)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "h2c", "websocket2", "web socket", "websocket/13", "\"websocket\"", "foo websocket"})
    void asksForSomethingElse(String upgrade) {
        assertThat(asks(upgrade)).isFalse();
    }

    @Test
    void asksForNothing() {
        assertThat(asks()).isFalse();
    }

    @Test
    void anyLineMayAsk() {
        assertThat(asks("h2c", "websocket")).isTrue();
    }

    /** RFC 9113, section 8.6: "This version of HTTP does not support the 101 (Switching Protocols) status code." */
    @Test
    void http2HasNoUpgrade() {
        assertThat(HandshakeRequest.asksForWebSocket("HTTP/2.0", List.of("websocket")))
                .isFalse();
    }
}
