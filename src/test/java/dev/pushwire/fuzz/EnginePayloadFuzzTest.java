package dev.pushwire.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.engineio.EngineCodec;
import dev.pushwire.engineio.EngineException;
import dev.pushwire.engineio.EnginePacket;
import java.util.ArrayList;
import java.util.List;

/** The body of an Engine.IO request: packets, or a failure; what is read can be written, and read again. */
class EnginePayloadFuzzTest {
    @Fuzz
    void readsWhatItWrites(byte[] input) throws EngineException {
        List<EnginePacket> packets = new ArrayList<>();
        try {
            EngineCodec.readPayload(new String(input, UTF_8), packets::add);
        } catch (EngineException e) {
            assertThat(e.reason()).isNotNull();
        }
        if (!packets.isEmpty()) {
            List<EnginePacket> again = new ArrayList<>();
            EngineCodec.readPayload(EngineCodec.writePayload(packets), again::add);
            assertThat(again).isEqualTo(packets);
        }
    }
}
