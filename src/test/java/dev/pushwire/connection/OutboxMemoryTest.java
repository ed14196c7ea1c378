package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.DropPolicy;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory that an outbox counts for what waits in it. */
class OutboxMemoryTest {
    private final FakeTransport transport = new FakeTransport();
    private final ByteBuffer scratch = ByteBuffer.allocate(64);
    private final Outbox outbox = new Outbox();

    private static EncodedFrame frame(String text) {
        return EncodedFrame.of(Opcode.TEXT, Wire.utf8(text));
    }

    private static EncodedFrame pong(String payload) {
        return EncodedFrame.of(Opcode.PONG, Wire.utf8(payload));
    }

    private static EncodedFrame droppable(String text) {
        return frame(text).withDropPolicy(new DropPolicy(null));
    }

    private static EncodedFrame about(String subject, String text) {
        return frame(text).withDropPolicy(new DropPolicy(subject));
    }

    private int flush() throws IOException {
        return outbox.flush(transport, scratch);
    }

    /** A frame takes its bytes, what any frame takes, and places in the ring: four at first. */
    @Test
    void countsWhatEachFrameTakes() {
        outbox.add(frame("a"));
        outbox.add(frame("b"));
        assertThat(outbox.memory()).isEqualTo(2L * (frame("a").size() + EncodedFrame.OVERHEAD));
        assertThat(outbox.account()).isEqualTo(outbox.memory() + 4 * 4);
        assertThat(outbox.account()).isZero();
    }

    @Test
    void countsAFrameOnceHoweverManyOutboxesHoldIt() throws IOException {
        EncodedFrame shared = frame("x".repeat(1000));
        Outbox other = new Outbox();
        outbox.add(shared);
        other.add(shared);
        int places = 4 * 4;
        assertThat(outbox.account()).isEqualTo(shared.size() + EncodedFrame.OVERHEAD + places);
        assertThat(other.account()).isEqualTo(places);
        while (!outbox.isEmpty()) {
            flush();
        }
        assertThat(outbox.account()).as("it waits elsewhere").isZero();
        other.clear();
        assertThat(other.account()).isEqualTo(-shared.size() - EncodedFrame.OVERHEAD - places);
    }

    @Test
    void neverCountsWhatComesAndGoesAtOnce() throws IOException {
        outbox.add(frame("a"));
        flush();
        assertThat(outbox.account()).isEqualTo(4 * 4);
    }

    /** Whatever is written, left out or dropped, in the end nothing is held. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesBackWhatItHasCounted(long seed) throws IOException {
        Random random = new Random(seed);
        long held = 0;
        for (int i = 0; i < 2_000; i++) {
            switch (random.nextInt(7)) {
                case 0, 1 -> outbox.add(droppable("x".repeat(random.nextInt(100))));
                case 2 -> outbox.add(about("subject " + random.nextInt(3), "y"));
                case 3 -> {
                    transport.takes(random.nextInt(300));
                    flush();
                }
                case 4 -> held += outbox.account();
                case 5 -> outbox.putPong(pong("z".repeat(random.nextInt(100))));
                default -> {
                    if (random.nextInt(50) == 0) {
                        outbox.discardUnsent(false);
                    } else if (random.nextInt(10) == 0) {
                        outbox.shed(random.nextInt(2_000));
                    }
                }
            }
        }
        outbox.clear();
        assertThat(held + outbox.account()).isZero();
    }
}
