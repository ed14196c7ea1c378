package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 4.2.1, item 3. */
class HandshakeRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"websocket", "WebSocket", "WEBSOCKET", "foo, WebSocket", "foo ,\twebsocket ,bar", ",,websocket,"
            })
    void asksForWebSocket(String upgrade) {
        assertThat(Requests.sample().with("Upgrade", upgrade).build().asksForWebSocket())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "h2c", "websocket2", "web socket", "websocket/13", "\"websocket\"", "foo websocket"})
    void asksForSomethingElse(String upgrade) {
        assertThat(Requests.sample().with("Upgrade", upgrade).build().asksForWebSocket())
                .isFalse();
    }

    @Test
    void asksForNothing() {
        assertThat(Requests.sample().changed("-Upgrade").build().asksForWebSocket())
                .isFalse();
    }

    @Test
    void anyLineMayAsk() {
        HandshakeRequest request =
                Requests.sample().with("Upgrade", "h2c", "websocket").build();
        assertThat(request.asksForWebSocket()).isTrue();
    }
}
