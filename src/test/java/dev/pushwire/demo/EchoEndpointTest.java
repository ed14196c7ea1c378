package dev.pushwire.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.push.FakeSession;
import dev.pushwire.push.FakeText;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EchoEndpointTest {
    @Test
    void textAsTextAndBinaryAsBinary() {
        EchoEndpoint echo = new EchoEndpoint();
        FakeSession session = new FakeSession();
        echo.onText(session, new FakeText("hello"));
        echo.onBinary(session, ByteBuffer.wrap(new byte[] {0, -1}));
        echo.onText(session, new FakeText(""));
        assertThat(session.received()).containsExactly("text:hello", "binary:00ff", "text:");
        assertThat(session.closed()).isNull();
    }
}
