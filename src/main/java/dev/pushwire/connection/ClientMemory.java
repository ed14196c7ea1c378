package dev.pushwire.connection;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The heap that all connections of the node and what is kept for them take together: a fixed cost for each connection,
 * what waits in outboxes, unfinished and unhandled messages, memberships in groups. A frame that waits in many outboxes
 * counts once.
 *
 * <p>When they outgrow the limit, the connections that hold most are ended first; the longer the shortage lasts, the less a
 * connection may hold. See {@link LoopMemory#relieve}.
 *
 * <p>Thread-safe. The loops report changes in steps, so {@link #held} is right to within 64 KiB for each loop.
 */
public final class ClientMemory {
    /** What the first round of a shortage spares: more than most connections ever hold. */
    private static final int FIRST_CUT = 1024 * 1024;

    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private volatile int cut = FIRST_CUT;
    private volatile List<EventLoop> loops = List.of();

    /** @param limit in bytes, at least 1 */
    public ClientMemory(long limit) {
        this.limit = limit;
    }

    /** Without a limit. */
    static ClientMemory unbounded() {
        return new ClientMemory(Long.MAX_VALUE);
    }

    /** The loops to be asked to make room. */
    void belongsTo(List<EventLoop> all) {
        loops = all;
    }

    /** More or less is held, whatever the limit; returns how much in all. */
    long add(long bytes) {
        long now = held.addAndGet(bytes);
        if (now <= limit && cut != FIRST_CUT) {
            cut = FIRST_CUT;
        }
        return now;
    }

    /** Bytes held now. */
    public long held() {
        return held.get();
    }

    /** Bytes that may be held. */
    public long limit() {
        return limit;
    }

    /** How far a shortage is relieved: below the limit, so that not each message will have to make room anew. */
    long goal() {
        return limit - limit / 8;
    }

    /** What each connection may hold in the round of relief that now begins; the next round's cut is a quarter of it. */
    int beginRound() {
        int now = cut;
        cut = now / 4;
        return now;
    }

    /** Has the other loops join a round. */
    void askOthers(EventLoop asking, int cut) {
        for (EventLoop loop : loops) {
            if (loop != asking) {
                loop.execute(() -> loop.memory().relieve(loop, cut));
            }
        }
    }
}
