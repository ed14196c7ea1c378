package dev.pushwire.polling;

import dev.pushwire.polling.SessionAnswer.Batch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batches for other nodes that are too large for one answer. The other node asks for the rest at once, so few are kept.
 * A client that acknowledges collects a lost batch again. Thread-safe.
 */
final class LargeBatches {
    private static final int MOST = 16;

    private final Map<String, Batch> kept =
            new LinkedHashMap<>(); // by the key of the session, the oldest first; guarded by this

    /** Keeps a batch that was collected for another node. */
    synchronized void keep(SessionId id, Batch batch) {
        kept.remove(id.key());
        if (batch.content().length > RequestCodec.PIECE) {
            if (kept.size() >= MOST) {
                kept.remove(kept.keySet().iterator().next());
            }
            kept.put(id.key(), batch);
        }
    }

    /** @return the batch whose rest from {@code from} on is asked for; null if it is gone */
    synchronized @Nullable Batch rest(SessionId id, int from) {
        Batch batch = kept.get(id.key());
        if (batch != null && from + RequestCodec.PIECE >= batch.content().length) {
            kept.remove(id.key());
        }
        return batch;
    }
}
