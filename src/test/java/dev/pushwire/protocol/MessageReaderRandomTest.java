package dev.pushwire.protocol;

import static dev.pushwire.protocol.ClientBytes.sent;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random bytes may come to nothing but events or a {@link ProtocolException}, the same in any pieces. */
class MessageReaderRandomTest {
    @ParameterizedTest
    @EnumSource
    void validSessionsGiveTheirEventsInAnyPieces(NegotiatedDeflate deflate) {
        Seeds.forEach(40, random -> {
            RandomSession session = new RandomSession(random, deflate);
            sent(session.wire()).with(deflate).assertEvents(session.events());
        });
    }

    @ParameterizedTest
    @EnumSource
    void damagedSessionsGiveEventsOrFail(NegotiatedDeflate deflate) {
        Seeds.forEach(100, random -> {
            byte[] wire = new RandomSession(random, deflate).wire();
            damage(wire, random);
            sent(wire).with(deflate).assertSameInAnyPieces();
        });
    }

    @Test
    void bytesAtRandomGiveEventsOrFail() {
        Seeds.forEach(
                1000,
                random -> sent(Seeds.bytes(random, 1 + random.nextInt(40))).assertSameInAnyPieces());
    }

    @Test
    void headersThatLookRightGiveEventsOrFail() {
        Seeds.forEach(1000, random -> {
            byte[] bytes = Seeds.bytes(random, 2 + random.nextInt(60));
            bytes[0] &= (byte) 0x8B; // no reserved bit, few reserved opcodes
            bytes[1] |= (byte) 0x80; // masked
            bytes[1] &= (byte) (random.nextBoolean() ? 0x87 : 0xFF); // often short
            sent(bytes).assertSameInAnyPieces();
        });
    }

    private static void damage(byte[] wire, Random random) {
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            wire[random.nextInt(wire.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }
}
