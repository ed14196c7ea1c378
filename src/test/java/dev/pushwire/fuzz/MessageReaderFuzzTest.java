package dev.pushwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.MessageLimits;
import dev.pushwire.protocol.NegotiatedDeflate;
import dev.pushwire.protocol.Reading;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** A client's byte stream, with and without compression: events or a failure, the same in any pieces. */
class MessageReaderFuzzTest {
    private static final MessageLimits LIMITS = new MessageLimits(5000, 10);

    @Fuzz
    void givesTheSameInAnyPieces(byte[] bytes) {
        Input input = new Input(bytes);
        NegotiatedDeflate deflate = NegotiatedDeflate.values()[input.number(3)];
        int pieces = 1 + input.number(4);
        double[] places = IntStream.range(1, pieces)
                .mapToDouble(_ -> input.number(256) / 255.0)
                .sorted()
                .toArray();
        byte[] wire = input.rest();
        int size = Reading.bufferSize(wire.length);

        Reading whole = Reading.of(wire, new int[0], LIMITS, deflate, ByteBuffer.allocate(size));
        assertThat(whole.failure()).isIn(0, 1002, 1007, 1009);

        int[] cuts = pieces == 4 ? everywhere(wire.length) : cuts(places, wire.length);
        assertThat(Reading.of(wire, cuts, LIMITS, deflate, ByteBuffer.allocateDirect(size)))
                .isEqualTo(whole);
    }

    private static int[] cuts(double[] places, int length) {
        int[] cuts = new int[places.length];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = (int) (places[i] * length);
        }
        return cuts;
    }

    private static int[] everywhere(int length) {
        return IntStream.range(1, length).toArray();
    }
}
