package dev.pushwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages within the body of a response. */
class MessageFormsTest {
    private static Message text(String content) {
        return Message.of(Opcode.TEXT, ByteBuffer.wrap(content.getBytes(UTF_8)));
    }

    private static String in(Framing framing, Message message) {
        EncodedFrame frame = message.in(framing);
        ByteBuffer bytes = ByteBuffer.allocate(frame.size());
        frame.copyTo(bytes, 0);
        return new String(bytes.array(), UTF_8);
    }

    @Test
    void linesEndWithALineFeed() {
        assertThat(in(Framing.LINES_PLAIN, text("{}"))).isEqualTo("{}\n");
        assertThat(in(Framing.LINES_PLAIN, text("{}\n[]"))).isEqualTo("{}\n[]\n");
        assertThat(in(Framing.LINES_CHUNKED, text("{}"))).isEqualTo("3\r\n{}\n\r\n");
        assertThat(in(Framing.LINES_CHUNKED, text(""))).isEqualTo("1\r\n\n\r\n");
    }

    @Test
    void eventsHaveEachLineAsData() {
        assertThat(in(Framing.EVENTS_PLAIN, text("{}"))).isEqualTo("data: {}\n\n");
        assertThat(in(Framing.EVENTS_PLAIN, text("{}\n[]"))).isEqualTo("data: {}\ndata: []\n\n");
        assertThat(in(Framing.EVENTS_CHUNKED, text("{}"))).isEqualTo("a\r\ndata: {}\n\n\r\n");
        assertThat(in(Framing.EVENTS_CHUNKED, text("a\nb"))).isEqualTo("11\r\ndata: a\ndata: b\n\n\r\n");
    }

    /** An event without data would be one all the same, and mean something to the client's code. */
    @Test
    void anEventWithoutContentIsAComment() {
        assertThat(in(Framing.EVENTS_PLAIN, text(""))).isEqualTo(":\n\n");
    }

    @Test
    void recordsEndWithASeparatorAndBytesAreBase64() {
        Message binary = Message.of(Opcode.BINARY, ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        assertThat(in(Framing.RECORDS_PLAIN, text("4hello"))).isEqualTo("4hello\u001E");
        assertThat(in(Framing.RECORDS_PLAIN, binary)).isEqualTo("bAQIDBA==\u001E");
        assertThat(in(Framing.RECORDS_PLAIN, text("4x").wrapped("y".getBytes(UTF_8), "z".getBytes(UTF_8))))
                .isEqualTo("y4xz\u001E");
    }

    @Test
    void eachMessageOfAUnitHasItsForm() {
        Message unit = Message.unit(List.of(text("one"), text("two")));
        assertThat(in(Framing.LINES_PLAIN, unit)).isEqualTo("one\ntwo\n");
        assertThat(in(Framing.EVENTS_PLAIN, unit)).isEqualTo("data: one\n\ndata: two\n\n");
        assertThat(unit.in(Framing.EVENTS_PLAIN).messages()).isEqualTo(2);
    }

    @Test
    void aMessageMayStillBeMissedInAnyForm() {
        DropPolicy policy = new DropPolicy("price");
        Message message = text("a\nb").withDropPolicy(policy);
        assertThat(message.in(Framing.LINES_PLAIN).dropPolicy()).isEqualTo(policy);
        assertThat(message.in(Framing.EVENTS_CHUNKED).dropPolicy()).isEqualTo(policy);
        assertThat(message.in(Framing.RECORDS_PLAIN).dropPolicy()).isEqualTo(policy);
    }

    /** However many framings are in use. */
    @Test
    void theContentLiesInMemoryOnce() {
        Message large = text("x".repeat(20_000));
        large.in(Framing.WEBSOCKET).hold();
        assertThat(large.in(Framing.LINES_PLAIN).hold()).isLessThan(300);
        assertThat(large.in(Framing.LINES_CHUNKED).hold()).isLessThan(300);
        assertThat(large.in(Framing.EVENTS_PLAIN).hold()).isLessThan(300);
        assertThat(large.in(Framing.RECORDS_PLAIN).hold()).isLessThan(300);
    }
}
