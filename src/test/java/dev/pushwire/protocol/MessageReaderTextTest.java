package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientBytes.sent;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.fragment;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.last;
import static dev.pushwire.protocol.Frames.utf8;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, sections 5.6 and 8.1: text is UTF-8. */
class MessageReaderTextTest {
    /** Characters of one, two, three and four bytes. */
    private static final String ALL_WIDTHS = "aé€😀z";

    @Test
    void charactersOfAllWidths() {
        sent(last(Opcode.TEXT, utf8(ALL_WIDTHS))).assertText(ALL_WIDTHS);
    }

    @Test
    void aCharacterMayLieInTwoFragments() {
        byte[] text = utf8(ALL_WIDTHS);
        for (int cut = 0; cut <= text.length; cut++) {
            sent(
                            fragment(Opcode.TEXT, Arrays.copyOf(text, cut)),
                            last(Opcode.PING, hex("ff")),
                            last(Opcode.CONTINUATION, Arrays.copyOfRange(text, cut, text.length)))
                    .assertEvents(new Event.Ping("ff"), new Event.Text(ALL_WIDTHS));
        }
    }

    @Test
    void aCharacterMayLieInManyFragments() {
        sent(
                        fragment(Opcode.TEXT, hex("f0")),
                        fragment(Opcode.CONTINUATION, hex("9f")),
                        fragment(Opcode.CONTINUATION, hex("")),
                        fragment(Opcode.CONTINUATION, hex("98")),
                        last(Opcode.CONTINUATION, hex("80")))
                .assertText("😀");
    }

    @ParameterizedTest
    @DisplayName("anything else fails with 1007")
    @ValueSource(
            strings = {
                "80", // a lone continuation byte
                "c080", // overlong, two bytes
                "e08080", // overlong, three
                "f0808080", // overlong, four
                "eda080", // the first surrogate
                "edbfbf", // the last one
                "f4908080", // above U+10FFFF
                "f888808080", // five bytes
                "fe",
                "ff",
                "61c361", // a character cut by another
                "cebae1bdb9cf83cebcceb5eda080656469746564"
            })
    void notUtf8(String payload) {
        sent(last(Opcode.TEXT, hex(payload))).assertFails(1007);
        sent(fragment(Opcode.TEXT, hex(payload))).assertFails(1007);
        sent(fragment(Opcode.TEXT, utf8("a")), last(Opcode.CONTINUATION, hex(payload)))
                .assertFails(1007);
    }

    @ParameterizedTest
    @DisplayName("a message that ends within a character fails, though its fragments may")
    @ValueSource(strings = {"c3", "e2", "e282", "f0", "f09f", "f09f98"})
    void cutAtTheEnd(String start) {
        sent(last(Opcode.TEXT, hex("61" + start))).assertFails(1007);
        sent(fragment(Opcode.TEXT, hex("61" + start))).assertNothingYet();
        sent(fragment(Opcode.TEXT, hex(start)), last(Opcode.CONTINUATION, hex("")))
                .assertFails(1007);
    }

    @ParameterizedTest
    @DisplayName("it fails at the first impossible byte, however long the frame goes on")
    @ValueSource(strings = {"80", "c0", "c1", "f5", "e09f", "eda0", "f08f", "f490", "c328", "e28228", "f09f9828"})
    void failsAtTheFirstImpossibleByte(String bad) {
        byte[] start = concat(utf8("twelve bytes"), hex(bad));
        byte[] whole = last(Opcode.TEXT, Arrays.copyOf(start, 100));
        sent(Arrays.copyOf(whole, 6 + start.length)).assertFailsAtLastByte(1007);

        byte[] fragment = fragment(Opcode.TEXT, Arrays.copyOf(start, 1000));
        sent(Arrays.copyOf(fragment, 8 + start.length)).assertFailsAtLastByte(1007);
    }

    @Test
    void eachMessageStartsAnew() {
        sent(last(Opcode.TEXT, utf8("é")), last(Opcode.TEXT, hex("a9"))).assertFails(1007, new Event.Text("é"));
    }

    @Test
    void binaryMessagesMayBeAnything() {
        sent(last(Opcode.BINARY, hex("80fffe c080"))).assertBinary(hex("80fffec080"));
        sent(fragment(Opcode.BINARY, hex("c3")), last(Opcode.CONTINUATION, hex("c3")))
                .assertBinary(hex("c3c3"));
    }
}
