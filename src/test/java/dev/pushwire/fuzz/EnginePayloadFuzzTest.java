package dev.pushwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.engineio.EngineException;
import dev.pushwire.engineio.EnginePayload;
import dev.pushwire.engineio.EnginePayload.Item;
import dev.pushwire.protocol.Framing;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of an Engine.IO request: packets, or a failure; what is read can be sent to a poll, and read again. */
class EnginePayloadFuzzTest {
    @Fuzz
    void readsWhatItSends(byte[] input) {
        List<Item> items = new ArrayList<>();
        EngineException fault = read(input, items);
        assertThat(items).hasSizeLessThanOrEqualTo(input.length);
        if (!items.isEmpty()) {
            List<Item> again = new ArrayList<>();
            assertThat(read(sent(items), again)).isNull();
            assertThat(again).isEqualTo(items);
        } else {
            assertThat(fault).isNotNull();
        }
    }

    private static @Nullable EngineException read(byte[] body, List<Item> to) {
        try {
            EnginePayload payload = new EnginePayload(body);
            for (Item next = payload.next(); next != null; next = payload.next()) {
                to.add(next);
            }
            return null;
        } catch (EngineException e) {
            return e;
        }
    }

    private static byte[] sent(List<Item> items) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (Item item : items) {
            var frame = Message.of(item.isText() ? Opcode.TEXT : Opcode.BINARY, item.data())
                    .in(Framing.RECORDS_PLAIN);
            ByteBuffer bytes = ByteBuffer.allocate(frame.size());
            frame.copyTo(bytes, 0);
            sent.writeBytes(bytes.array());
        }
        return Arrays.copyOf(sent.toByteArray(), sent.size() - 1);
    }
}
