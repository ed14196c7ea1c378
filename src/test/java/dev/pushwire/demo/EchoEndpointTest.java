package dev.pushwire.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestText;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EchoEndpointTest {
    @Test
    void textAsTextAndBinaryAsBinary() {
        EchoEndpoint echo = new EchoEndpoint();
        RecordingSession session = new RecordingSession();
        echo.onText(session, new TestText("hello"));
        echo.onBinary(session, ByteBuffer.wrap(new byte[] {0, -1}));
        echo.onText(session, new TestText(""));
        assertThat(session.texts()).containsExactly("hello", "");
        assertThat(session.sent().get(1).payload()).isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
        assertThat(session.closedWith()).isNull();
    }
}
