package dev.pushwire.connection;

import dev.pushwire.protocol.DeflateParameters;
import dev.pushwire.protocol.MessageDeflater;
import dev.pushwire.protocol.MessageInflater;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compressors of one event loop: a pair that its connections share, and a pair for each connection with context
 * takeover.
 */
final class Compressions {
    private static final int SCRATCH = 64 * 1024;

    private final CompressionSettings settings;
    private final TrafficCounters counters;
    private final Map<DeflateParameters, Compression> shared = new HashMap<>();
    private @Nullable MessageDeflater sharedDeflater;
    private @Nullable MessageInflater sharedInflater;
    private byte @Nullable [] scratch;

    Compressions(CompressionSettings settings, TrafficCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    /** The compression for one more connection, made when it is first needed. */
    Compression of(DeflateParameters parameters) {
        if (isOwn(parameters)) {
            return new Compression(
                    parameters,
                    settings.threshold(),
                    counters,
                    new MessageDeflater(settings.level()),
                    new MessageInflater(parameters.clientTakeover(), scratch()));
        }
        return shared.computeIfAbsent(
                parameters,
                agreed -> new Compression(agreed, settings.threshold(), counters, sharedDeflater(), sharedInflater()));
    }

    /** Gives back the compression of a connection that has ended. */
    void release(Compression compression) {
        if (isOwn(compression.parameters())) {
            compression.close();
        }
    }

    /** Gives back the native memory of the shared pair. */
    void close() {
        if (sharedDeflater != null) {
            sharedDeflater.close();
        }
        if (sharedInflater != null) {
            sharedInflater.close();
        }
    }

    private static boolean isOwn(DeflateParameters parameters) {
        return parameters.serverTakeover() || parameters.clientTakeover();
    }

    private MessageDeflater sharedDeflater() {
        MessageDeflater deflater = sharedDeflater;
        if (deflater == null) {
            deflater = new MessageDeflater(settings.level());
            sharedDeflater = deflater;
        }
        return deflater;
    }

    private MessageInflater sharedInflater() {
        MessageInflater inflater = sharedInflater;
        if (inflater == null) {
            inflater = new MessageInflater(false, scratch());
            sharedInflater = inflater;
        }
        return inflater;
    }

    private byte[] scratch() {
        byte[] now = scratch;
        if (now == null) {
            now = new byte[SCRATCH];
            scratch = now;
        }
        return now;
    }
}
