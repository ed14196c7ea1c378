package dev.pushwire.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundMessageTest {
    /** Lengths on both sides of where a frame's header grows (RFC 6455, section 5.2). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void itsContentCanBeReadWhateverItsLength(int length) {
        String content = "x".repeat(length);
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));

        OutboundMessage text = OutboundMessage.text(content).orDropped();
        assertThat(text.isText()).isTrue();
        assertThat(text.text()).isEqualTo(content);
        assertThat(text.payload()).isEqualTo(bytes);
        assertThat(text).hasToString(content);

        OutboundMessage binary = OutboundMessage.binary(bytes);
        assertThat(binary.isText()).isFalse();
        assertThat(binary.payload()).isEqualTo(bytes);
        assertThat(binary.payload().isReadOnly()).isTrue();
        assertThat(binary).hasToString("binary of " + length + " bytes");
    }
}
