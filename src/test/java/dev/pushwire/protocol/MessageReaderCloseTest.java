package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientBytes.sent;
import static dev.pushwire.protocol.Frames.bytes;
import static dev.pushwire.protocol.Frames.concat;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.last;
import static dev.pushwire.protocol.Frames.utf8;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, sections 5.5.1 and 7.4: Close frames. */
class MessageReaderCloseTest {
    @Test
    void withoutACodeIs1005() {
        sent("88 80 00000000").assertEvents(new Event.Close(1005, ""));
    }

    @Test
    void withACode() {
        sent(last(Opcode.CLOSE, hex("03e8"))).assertEvents(new Event.Close(1000, ""));
    }

    @Test
    void withACodeAndAReason() {
        sent(close(4321, "gone, à bientôt 😀")).assertEvents(new Event.Close(4321, "gone, à bientôt 😀"));
    }

    @Test
    void theLongestReasonHas123Bytes() {
        sent(last(Opcode.CLOSE, concat(hex("03e8"), bytes(123))))
                .assertEvents(new Event.Close(1000, new String(bytes(123))));
    }

    @Test
    void oneByteFails() {
        sent("88 81 00000000 03").assertFails(1002);
    }

    @ParameterizedTest
    @DisplayName("codes that may be on the wire")
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void allowedCodes(int code) {
        sent(close(code, "")).assertEvents(new Event.Close(code, ""));
    }

    @ParameterizedTest
    @DisplayName("other codes fail")
    @ValueSource(
            ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 0x8000, 0x8000 + 1000, 0xFFFF})
    void otherCodes(int code) {
        sent(close(code, "")).assertFails(1002);
        sent(close(code, "why")).assertFails(1002);
    }

    @ParameterizedTest
    @DisplayName("a reason that is not UTF-8 fails")
    @CsvSource({"03e8 ff", "03e8 61c3", "03e8 eda080", "0fa0 f09f98"})
    void reasonsThatAreNotUtf8(String payload) {
        sent(last(Opcode.CLOSE, hex(payload))).assertFails(1007);
    }

    @Test
    @DisplayName("whatever follows is not looked at")
    void whatFollowsIsIgnored() {
        byte[] message = last(Opcode.TEXT, utf8("too late"));
        sent(close(1000, ""), message).assertUnread(message.length, new Event.Close(1000, ""));
        sent(close(1001, "bye"), hex("ff ff ff")).assertUnread(3, new Event.Close(1001, "bye"));
        sent(close(1000, ""), close(1000, "")).assertUnread(8, new Event.Close(1000, ""));
    }

    private static byte[] close(int code, String reason) {
        return last(Opcode.CLOSE, concat(new byte[] {(byte) (code >> 8), (byte) code}, utf8(reason)));
    }
}
