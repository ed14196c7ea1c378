package dev.pushwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.Event;
import dev.pushwire.protocol.Reading;
import java.util.Arrays;
import java.util.List;

/** The payload of a Close: a code that may be sent and a reason in UTF-8, or a failure. */
class CloseFuzzTest {
    @Fuzz
    void isACodeAndAReason(byte[] input) {
        byte[] payload = Arrays.copyOf(input, Math.min(input.length, 125));
        Reading reading = TextFuzzTest.read(Input.frame(0x88, payload));
        if (payload.length == 0) {
            assertThat(reading.events()).isEqualTo(List.of(new Event.Close(1005, "")));
        } else if (payload.length == 1 || !mayBeSent(code(payload))) {
            assertThat(reading.failure()).isEqualTo(1002);
        } else {
            String reason = TextFuzzTest.decode(Arrays.copyOfRange(payload, 2, payload.length));
            assertThat(reading.failure()).isEqualTo(reason == null ? 1007 : 0);
            assertThat(reading.events())
                    .isEqualTo(reason == null ? List.of() : List.of(new Event.Close(code(payload), reason)));
        }
    }

    private static int code(byte[] payload) {
        return (payload[0] & 0xFF) * 256 + (payload[1] & 0xFF);
    }

    /** RFC 6455, section 7.4, and what IANA has registered since. */
    private static boolean mayBeSent(int code) {
        return switch (code) {
            case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
            default -> code / 1000 == 3 || code / 1000 == 4;
        };
    }
}
