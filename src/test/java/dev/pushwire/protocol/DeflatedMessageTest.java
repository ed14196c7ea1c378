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
class DeflatedMessageTest {
    private final MessageDeflater deflater = new MessageDeflater(6);
    private final Message message = text("a text, ".repeat(100));

    private static Message text(String text) {
        return Message.of(Opcode.TEXT, ByteBuffer.wrap(utf8(text)));
    }

    private static EncodedFrame deflated(Message message, int windowBits, MessageDeflater deflater) {
        return message.deflated(windowBits, 0, deflater);
    }

    @AfterEach
    void close() {
        deflater.close();
    }

    @Test
    void isTheSameMessage() {
        EncodedFrame deflated = deflated(message, 15, deflater);
        assertThat(deflated.size()).isLessThan(message.webSocket().size() / 10);
        assertThat(deflated.opcode()).isEqualTo(Opcode.TEXT.code());
        assertThat(content(deflated)[0]).as("FIN, RSV1, TEXT").isEqualTo((byte) 0xC1);
        assertThat(DeflateDecoder.decode(payload(deflated), 1000).payload()).isEqualTo(utf8("a text, ".repeat(100)));
    }

    @Test
    void isItselfWhereThatWouldNotBeSmaller() {
        for (byte[] payload : List.of(utf8("x"), utf8("Hello"), Seeds.bytes(new Random(1), 70_000))) {
            Message binary = Message.of(Opcode.BINARY, ByteBuffer.wrap(payload));
            for (int bits = 8; bits <= 15; bits++) {
                assertThat(deflated(binary, bits, deflater)).isSameAs(binary.webSocket());
            }
        }
    }

    @Test
    void isCompressedOnceForEachWindow() {
        for (int bits = 8; bits <= 15; bits++) {
            EncodedFrame first = deflated(message, bits, deflater);
            assertThat(deflated(message, bits, deflater)).isSameAs(first);
            try (MessageDeflater another = new MessageDeflater(1)) {
                assertThat(deflated(message, bits, another)).isSameAs(first);
            }
        }
        assertThat(deflated(message, 8, deflater)).isNotSameAs(deflated(message, 15, deflater));
    }

    @Test
    void staysAsItWas() {
        String before = hex(content(message.webSocket()));
        deflated(message, 15, deflater);
        deflated(message, 8, deflater);
        assertThat(hex(content(message.webSocket()))).isEqualTo(before);
    }

    /** Even where a deflater of a connection with takeover makes it. */
    @Test
    void refersToNoOtherMessage() {
        Message alone = text("a text, ".repeat(100));
        try (MessageDeflater another = new MessageDeflater(6)) {
            another.deflate(Opcode.TEXT, ByteBuffer.wrap(utf8("a text, ".repeat(100))), 15, true);
            another.forget();
            assertThat(hex(content(deflated(alone, 15, another))))
                    .isEqualTo(hex(content(deflated(message, 15, deflater))));
        }
    }

    @Test
    void isCompressedOnceForAllThreads() throws Exception {
        int threads = 4;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 200; round++) {
                Message shared = text("a text, ".repeat(100));
                CyclicBarrier barrier = new CyclicBarrier(threads);
                Callable<EncodedFrame> task = () -> {
                    try (MessageDeflater ofThread = new MessageDeflater(6)) {
                        barrier.await();
                        return deflated(shared, 15, ofThread);
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
