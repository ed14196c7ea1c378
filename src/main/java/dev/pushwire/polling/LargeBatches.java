package dev.pushwire.polling;

import dev.pushwire.polling.SessionAnswer.Batch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Batches on their way to other nodes that are too large for one answer. The other node asks for the rest, which it does at once: so few
 * are kept. One that is lost is collected again by a client that acknowledges. Thread-safe.
 */
final class LargeBatches {
    private static final int MOST = 16;

    private final Map<String, Batch> kept =
            new LinkedHashMap<>(); // by the key of the session, the oldest first; guarded by this

    /** A batch that was collected for another node. */
    synchronized void keep(SessionId id, Batch batch) {
        kept.remove(id.key());
        if (batch.content().length > RequestCodec.PIECE) {
            if (kept.size() >= MOST) {
                kept.remove(kept.keySet().iterator().next());
            }
            kept.put(id.key(), batch);
        }
    }

    /** @return the batch whose rest from there is asked for; null if it is not there any more */
    synchronized @Nullable Batch rest(SessionId id, int from) {
        Batch batch = kept.get(id.key());
        if (batch != null && from + RequestCodec.PIECE >= batch.content().length) {
            kept.remove(id.key());
        }
        return batch;
    }
}
