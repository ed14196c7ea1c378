package dev.pushwire.connection;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The heap that all connections of the node take, with all that is kept for them: a fixed cost for each connection,
 * what waits in outboxes, unfinished and unhandled messages, and memberships in groups. A frame that waits in many
 * outboxes counts once.
 *
 * <p>If it exceeds the limit, the connections that hold most are ended first. The longer the shortage lasts, the less a
 * connection may hold. See {@link LoopMemory#relieve}.
 *
 * <p>Thread-safe. The loops report changes in steps, so {@link #held} is right to within 64 KiB for each loop.
 */
public final class ClientMemory {
    /** What a connection may hold in the first round of a shortage: more than most connections ever hold. */
    private static final int FIRST_CUT = 1024 * 1024;

    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private volatile int cut = FIRST_CUT;
    private volatile List<EventLoop> loops = List.of();

    /** @param limit in bytes, at least 1 */
    public ClientMemory(long limit) {
        this.limit = limit;
    }

    /** A memory without a limit. */
    static ClientMemory unbounded() {
        return new ClientMemory(Long.MAX_VALUE);
    }

    /** Sets the loops that make room. */
    void belongsTo(List<EventLoop> all) {
        loops = all;
    }

    /**
     * Adds bytes, or takes them off, whatever the limit.
     *
     * @return how many are held in all
     */
    long add(long bytes) {
        long now = held.addAndGet(bytes);
        if (now <= limit && cut != FIRST_CUT) {
            cut = FIRST_CUT;
        }
        return now;
    }

    /** How many bytes are held now. */
    public long held() {
        return held.get();
    }

    /** How many bytes may be held. */
    public long limit() {
        return limit;
    }

    /** How far a shortage is relieved. It is below the limit, so that not each message has to make room anew. */
    long goal() {
        return limit - limit / 8;
    }

    /**
     * Begins a round of relief. The next round's cut is a quarter of this one's.
     *
     * @return what each connection may hold in this round
     */
    int beginRound() {
        int now = cut;
        cut = now / 4;
        return now;
    }

    /** Makes the other loops join a round. */
    void askOthers(EventLoop asking, int cut) {
        for (EventLoop loop : loops) {
            if (loop != asking) {
                loop.execute(() -> loop.memory().relieve(loop, cut));
            }
        }
    }
}
