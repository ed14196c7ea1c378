package dev.pushwire.pushprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PublicationWriterTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static String write(Payload payload, String key) {
        Position position = new Position("e1", 7);
        ByteBuffer line =
                PublicationWriter.write(new Publication(new TopicName("a.b"), position, payload, key, Instant.EPOCH));
        assertThat(line.remaining()).isEqualTo(line.capacity()); // the array was of just the right size
        String text = UTF_8.decode(line).toString();
        ProtocolSchema.assertMessage(text);
        return text;
    }

    private static JsonNode read(Payload payload, String key) {
        return JSON.readTree(write(payload, key));
    }

    private static Payload json(String text) {
        return Payload.of(Payload.Kind.JSON, text.getBytes(UTF_8));
    }

    @Test
    void allFields() {
        assertThat(write(Payload.text("hi"), "k"))
                .isEqualTo("{\"type\":\"publication\",\"topic\":\"a.b\",\"epoch\":\"e1\",\"offset\":7,"
                        + "\"key\":\"k\",\"data\":\"hi\"}");
    }

    /** All characters that Unicode has, and halves of none. */
    @Test
    void textIsReadAsItWas() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        String text = all.toString();
        JsonNode line = read(Payload.text(text), text.substring(0, 128));
        assertThat(line.get("data").stringValue()).isEqualTo(text);
        assertThat(line.get("key").stringValue()).isEqualTo(text.substring(0, 128));
    }

    @Test
    void textTakesOneLine() {
        assertThat(write(Payload.text("a\r\nb\u0000\u001f\b\f\t\u000b\"\\"), null))
                .endsWith("\"data\":\"a\\r\\nb\\u0000\\u001F\\b\\f\\t\\u000B\\\"\\\\\"}");
    }

    @Test
    void jsonStaysAsItIsInOneLine() {
        assertThat(write(json("{\r\n\"ä\": [1.50,\n\"\\n\"]}"), null)).endsWith("\"data\":{  \"ä\": [1.50, \"\\n\"]}}");
    }

    /** Of nodes that check less. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\uFEFF{}"})
    void whatCannotBeJsonIsAString(String text) {
        assertThat(read(json(text), null).get("data").stringValue()).isEqualTo(text);
    }

    @Test
    void bytesAreInBase64() {
        for (int length = 0; length < 10; length++) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            JsonNode line = read(Payload.of(Payload.Kind.BINARY, bytes), null);
            assertThat(line.get("encoding").stringValue()).isEqualTo("base64");
            assertThat(Base64.getDecoder().decode(line.get("data").stringValue()))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void aLargePayloadIsCopiedOnce() {
        Payload payload = json("[" + "1,".repeat(500_000) + "1]");
        Publication publication =
                new Publication(new TopicName("a"), new Position("e1", 1), payload, null, Instant.EPOCH);
        PublicationWriter.write(publication); // so that classes are loaded
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ByteBuffer line = PublicationWriter.write(publication);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(line.capacity() * 11L / 10);
    }

    @Test
    void saysWhichTraceAPublicationIsPartOf() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Publication publication = new Publication(
                new TopicName("a.b"), new Position("e1", 7), Payload.text("x"), "k", Instant.EPOCH, trace);
        String line = UTF_8.decode(PublicationWriter.write(publication)).toString();
        ProtocolSchema.assertMessage(line);
        assertThat(line)
                .isEqualTo("{\"type\":\"publication\",\"topic\":\"a.b\",\"epoch\":\"e1\",\"offset\":7,\"key\":\"k\","
                        + "\"traceparent\":\"" + trace + "\",\"data\":\"x\"}");
    }
}
