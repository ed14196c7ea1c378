package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PubSubCodecTest {
    private static final TopicName NEWS = new TopicName("news");

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    private static Publication publication(String message) {
        return ((PubSubCodec.Published) PubSubCodec.read(bytes(message))).publication();
    }

    @Test
    void aPublicationIsALineAndItsPayload() {
        PubSubCodec.Message read = PubSubCodec.read(bytes("P news 1aW5 7 1700000000000001 TEXT .azE\nhello\nworld"));

        assertThat(read)
                .isEqualTo(new PubSubCodec.Published(
                        new Publication(
                                NEWS,
                                new Position("1aW5", 7),
                                Payload.text("hello\nworld"),
                                "k1",
                                Instant.ofEpochSecond(1_700_000_000, 1_000)),
                        1_700_000_000_000_001L));
    }

    @Test
    void aPublicationMayHaveNoKey() {
        assertThat(publication("P news 1aW5 7 1700000000000001 JSON -\n{}").key())
                .isNull();
    }

    @Test
    void aPayloadMayBeEmpty() {
        assertThat(publication("P news e 1 1 TEXT -\n").payload()).isEqualTo(Payload.text(""));
        assertThat(publication("P news e 1 1 TEXT -").payload()).isEqualTo(Payload.text(""));
    }

    @Test
    void furtherWordsOfALineCountForNothing() {
        Publication publication = publication("P news e 1 1 TEXT - more and more\nhello");

        assertThat(publication.payload()).isEqualTo(Payload.text("hello"));
        assertThat(publication.key()).isNull();
    }

    @Test
    void aMemberIsReadAsItWasWritten() {
        Member ada = new Member("c-1", "ada", "{\"mood\":\"fine\"}");
        String line = new String(PubSubCodec.bytes(ada), StandardCharsets.US_ASCII);

        assertThat(PubSubCodec.read(bytes("J news\n" + line))).isEqualTo(new PubSubCodec.Joined(NEWS, ada));
        assertThat(PubSubCodec.read(bytes("G news and more\n" + line))).isEqualTo(new PubSubCodec.Left(NEWS, ada));
    }

    @Test
    void aLossHasNothingBehindIt() {
        assertThat(PubSubCodec.read(bytes("L news"))).isEqualTo(new PubSubCodec.Lost(NEWS));
    }

    @Test
    void theHeadSaysOfAPublicationWhenItWas() {
        assertThat(PubSubCodec.head(bytes("P news e 1 42 TEXT -\nhello"))).isEqualTo(new PubSubCodec.Head(NEWS, 42));
        assertThat(PubSubCodec.head(bytes("L news"))).isEqualTo(new PubSubCodec.Head(NEWS, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "X news", "Publication news"})
    void whatIsNotKnownIsNothing(String message) {
        assertThat(PubSubCodec.read(bytes(message))).isNull();
        assertThat(PubSubCodec.head(bytes(message))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"P news e 1", "P news\ne 1 42 TEXT -", "P news e one 42 TEXT -\n", "P news e 1 42 SOUND -\n"})
    void whatIsKnownAndWrongIsRefused(String message) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PubSubCodec.read(bytes(message)));
    }
}
