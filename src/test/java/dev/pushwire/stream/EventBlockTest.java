package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.stream.EventReader.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBlockTest {
    @Test
    void aBlockIsItsFieldsAndAnEmptyLine() {
        assertThat(text(new EventBlock().id("e.1").event("binary").data("AA==").end()))
                .isEqualTo("id: e.1\nevent: binary\ndata: AA==\n\n");
        assertThat(text(new EventBlock().comment().retry(2500).end())).isEqualTo(":\nretry: 2500\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "hello", "  two spaces before", ": no comment", "data: no field", "Grüße 😀", "\0"})
    void aLineComesAsItWasPublished(String published) {
        assertThat(received(published)).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({
        "a<LF>b, a<LF>b",
        "a<CR>b, a<LF>b",
        "a<CR><LF>b, a<LF>b",
        "a<LF><CR>b, a<LF><LF>b",
        "a<CR><CR><LF>b, a<LF><LF>b",
        "<LF>, <LF>",
        "<CR>, <LF>",
        "<CR><LF>, <LF>",
        "a<LF>, a<LF>",
        "<LF>a, <LF>a",
        "<LF><LF>id: evil<LF><LF>, <LF><LF>id: evil<LF><LF>"
    })
    void eachKindOfLineBreakComesAsALineFeed(String published, String received) {
        assertThat(received(breaks(published))).isEqualTo(breaks(received));
    }

    private static String breaks(String text) {
        return text.replace("<LF>", "\n").replace("<CR>", "\r");
    }

    /** Whatever is published cannot make a block of its own. */
    @Test
    void noTextGetsOutOfItsEvent() {
        Random random = new Random(4711);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append("\r\n: idaä\0".charAt(random.nextInt(9)));
            }
            String lines = text.toString().replace("\r\n", "\n").replace('\r', '\n');
            assertThat(received(text.toString())).isEqualTo(lines);
        }
    }

    private static String received(String published) {
        ByteBuffer data = ByteBuffer.wrap(published.getBytes(StandardCharsets.UTF_8));
        EventReader reader =
                EventReader.of(text(new EventBlock().id("e.1").data(data).end()));
        assertThat(data.remaining()).isEqualTo(data.capacity());
        assertThat(reader.events()).hasSize(1);
        Event event = reader.events().getFirst();
        assertThat(event.type()).isEqualTo("message");
        assertThat(event.lastEventId()).isEqualTo("e.1");
        return event.data();
    }

    private static String text(ByteBuffer block) {
        return StandardCharsets.UTF_8.decode(block).toString();
    }
}
