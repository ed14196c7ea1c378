package dev.pushwire.connection;

import dev.pushwire.protocol.DeflateParameters;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Inflation;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.MessageDeflater;
import dev.pushwire.protocol.MessageInflater;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;

/**
 * permessage-deflate, as negotiated with a peer (RFC 7692). Without context takeover, one object serves all connections
 * of an event loop with the same parameters, and an idle connection holds nothing for it. With it, each connection has
 * its own.
 */
final class Compression implements Inflation {
    private final DeflateParameters parameters;
    private final int threshold;
    private final TrafficCounters counters;
    private final MessageDeflater deflater;
    private final MessageInflater inflater;

    Compression(
            DeflateParameters parameters,
            int threshold,
            TrafficCounters counters,
            MessageDeflater deflater,
            MessageInflater inflater) {
        this.parameters = parameters;
        this.threshold = threshold;
        this.counters = counters;
        this.deflater = deflater;
        this.inflater = inflater;
    }

    DeflateParameters parameters() {
        return parameters;
    }

    /** Whether a message of this size is worth compressing. */
    boolean isFor(int payloadSize) {
        return payloadSize >= threshold && payloadSize > 0;
    }

    /** Compresses a message for one peer. */
    EncodedFrame compress(Opcode type, ByteBuffer payload) {
        int size = payload.remaining();
        EncodedFrame frame =
                deflater.deflate(type, payload, parameters.serverWindowBits(), parameters.serverTakeover());
        if (!parameters.serverTakeover() && frame.size() >= size) {
            return EncodedFrame.of(type, payload); // with takeover, the peer would need the frame for the next one
        }
        counters.deflated(size, frame.size());
        return frame;
    }

    /** Compresses a message for several peers, once for all with the same window. */
    EncodedFrame compress(Message shared) {
        if (parameters.serverTakeover()) {
            deflater.forget(); // the peer gets a message that our own deflater has not seen
        }
        EncodedFrame frame = shared.deflated(parameters.serverWindowBits(), threshold, deflater);
        if (frame != shared.webSocket()) {
            counters.deflated(shared.payloadSize(), frame.size());
        }
        return frame;
    }

    @Override
    public ByteBuffer inflate(ByteBuffer compressed, int limit) {
        ByteBuffer message = inflater.inflate(compressed, limit);
        counters.inflated(compressed.remaining(), message.remaining());
        return message;
    }

    /** Gives back native memory. */
    void close() {
        deflater.close();
        inflater.close();
    }
}
