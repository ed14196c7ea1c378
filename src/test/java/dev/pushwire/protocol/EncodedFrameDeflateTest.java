package dev.pushwire.protocol;

import static dev.pushwire.protocol.Frames.content;
import static dev.pushwire.protocol.Frames.hex;
import static dev.pushwire.protocol.Frames.payload;
import static dev.pushwire.protocol.Frames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A message to many, compressed once. */
class EncodedFrameDeflateTest {
    private final MessageDeflater deflater = new MessageDeflater(6);
    private final EncodedFrame message = EncodedFrame.of(Opcode.TEXT, utf8("a text, ".repeat(100)));

    @AfterEach
    void close() {
        deflater.close();
    }

    @Test
    void isTheSameMessage() {
        EncodedFrame deflated = message.deflated(15, deflater);
        assertThat(deflated.size()).isLessThan(message.size() / 10);
        assertThat(deflated.opcode()).isEqualTo(Opcode.TEXT.code());
        assertThat(content(deflated)[0]).as("FIN, RSV1, TEXT").isEqualTo((byte) 0xC1);
        assertThat(DeflateDecoder.decode(payload(deflated), 1000).payload()).isEqualTo(utf8("a text, ".repeat(100)));
    }

    @Test
    void isItselfWhereThatWouldNotBeSmaller() {
        for (byte[] payload : List.of(utf8("x"), utf8("Hello"), Seeds.bytes(new Random(1), 70_000))) {
            EncodedFrame frame = EncodedFrame.of(Opcode.BINARY, payload);
            for (int bits = 8; bits <= 15; bits++) {
                assertThat(frame.deflated(bits, deflater)).isSameAs(frame);
            }
        }
    }

    @Test
    void isCompressedOnceForEachWindow() {
        for (int bits = 8; bits <= 15; bits++) {
            EncodedFrame first = message.deflated(bits, deflater);
            assertThat(message.deflated(bits, deflater)).isSameAs(first);
            try (MessageDeflater another = new MessageDeflater(1)) {
                assertThat(message.deflated(bits, another)).isSameAs(first);
            }
        }
        assertThat(message.deflated(8, deflater)).isNotSameAs(message.deflated(15, deflater));
    }

    @Test
    void staysAsItWas() {
        String before = hex(content(message));
        message.deflated(15, deflater);
        message.deflated(8, deflater);
        assertThat(hex(content(message))).isEqualTo(before);
    }

    /** Even where a deflater of a connection with takeover makes it. */
    @Test
    void refersToNoOtherMessage() {
        EncodedFrame alone = EncodedFrame.of(Opcode.TEXT, utf8("a text, ".repeat(100)));
        try (MessageDeflater another = new MessageDeflater(6)) {
            another.deflate(Opcode.TEXT, ByteBuffer.wrap(utf8("a text, ".repeat(100))), 15, true);
            another.forget();
            assertThat(hex(content(alone.deflated(15, another))))
                    .isEqualTo(hex(content(message.deflated(15, deflater))));
        }
    }

    @Test
    void isCompressedOnceForAllThreads() throws Exception {
        int threads = 4;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 200; round++) {
                EncodedFrame shared = EncodedFrame.of(Opcode.TEXT, utf8("a text, ".repeat(100)));
                CyclicBarrier barrier = new CyclicBarrier(threads);
                Callable<EncodedFrame> task = () -> {
                    try (MessageDeflater ofThread = new MessageDeflater(6)) {
                        barrier.await();
                        return shared.deflated(15, ofThread);
                    }
                };
                List<EncodedFrame> results = new ArrayList<>();
                for (Future<EncodedFrame> result : executor.invokeAll(Collections.nCopies(threads, task))) {
                    results.add(result.get());
                }
                assertThat(results).allMatch(result -> result == results.getFirst());
            }
        }
    }
}
