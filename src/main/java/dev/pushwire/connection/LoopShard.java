package dev.pushwire.connection;

import dev.pushwire.endpoint.SessionGroup;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The members that a group has on one event loop. All but its size belongs to that loop's thread. */
final class LoopShard {
    private static final @Nullable Connection[] NOBODY = {};

    private static final AtomicIntegerFieldUpdater<LoopShard> SIZE =
            AtomicIntegerFieldUpdater.newUpdater(LoopShard.class, "size");

    private final EventLoop loop;
    private final @Nullable LoopShard before;
    private final SessionGroup.Listener listener;
    /**
     * How many members there are, with those about to be: a member counts as soon as it is added, so that no later
     * message passes it by. Members whose connection is ending do not count: see {@link #discount}.
     */
    private volatile int size;

    private @Nullable Connection[] members = NOBODY;
    private int places; // that are taken, or were until a member left in the middle of a round
    private int gaps; // such places that no member has taken since
    private int next; // the member below this place has the first turn of the next round
    private @Nullable Rounds rounds; // null while nothing waits for the members

    /**
     * @param before another part of the same group, on another loop; null for none
     * @param listener the listener of the group
     */
    LoopShard(EventLoop loop, @Nullable LoopShard before, SessionGroup.Listener listener) {
        this.loop = loop;
        this.before = before;
        this.listener = listener;
    }

    EventLoop loop() {
        return loop;
    }

    @Nullable
    LoopShard before() {
        return before;
    }

    private void count(int change) {
        SIZE.addAndGet(this, change);
        listener.sized(change);
    }

    /** How many members count. Any thread may ask. */
    int size() {
        return size;
    }

    void add(ConnectionSession session) {
        count(1);
        loop.run(() -> {
            if (!session.join(this)) {
                count(-1);
            }
        });
    }

    /**
     * Adds a member.
     *
     * @return its place
     */
    int enter(Connection connection) {
        assert loop.inLoop();
        if (places == members.length) {
            members = Arrays.copyOf(members, Math.max(1, 2 * places));
        }
        members[places] = connection;
        return places++;
    }

    /** A member's session has moved to another connection. */
    void replace(int place, Connection connection) {
        assert loop.inLoop();
        members[place] = connection;
    }

    /** Removes a member. What was sent to the group before still reaches it. */
    void remove(ConnectionSession session) {
        loop.run(() -> {
            if (session.quit(this)) {
                count(-1);
            }
        });
    }

    /**
     * A member's connection is about to end. From now on it no longer counts, but it gets what is already on its way to
     * this loop. The service's own Close queues up after that. So if a sender counted the member after sending, the
     * message has reached it.
     */
    void discount() {
        assert loop.inLoop();
        count(-1);
    }

    /** Frees a place. In the middle of a round no other member takes it, since it might miss its turn. */
    void vacate(int place) {
        assert loop.inLoop();
        members[place] = null;
        gaps++;
        if (rounds == null) {
            fill(place);
        }
    }

    /** Moves the last member to a free place. */
    private void fill(int place) {
        gaps--;
        places--;
        if (place < places) {
            move(places, place);
        }
    }

    private void move(int from, int to) {
        Connection moved = members[from];
        members[to] = moved;
        members[from] = null;
        if (moved != null) {
            moved.session().moved(this, to);
        }
    }

    /** Closes the gaps. @return whether there were any */
    boolean closeGaps() {
        if (gaps == 0) {
            return false;
        }
        int to = 0;
        for (int from = 0; from < places; from++) {
            if (members[from] != null) {
                if (to < from) {
                    move(from, to);
                }
                to++;
            }
        }
        places = to;
        gaps = 0;
        return true;
    }

    boolean isEmpty() {
        assert loop.inLoop();
        return places == gaps;
    }

    /** How many places there are, gaps included. */
    int places() {
        return places;
    }

    /** The member at a place; null if there is none. */
    @Nullable
    Connection member(int place) {
        assert loop.inLoop();
        return members[place];
    }

    /** What waits for the members; null if nothing does. */
    @Nullable
    Rounds rounds() {
        assert loop.inLoop();
        return rounds;
    }

    Rounds beginRounds() {
        assert loop.inLoop();
        Rounds begun = new Rounds(this, Math.min(next, places));
        rounds = begun;
        return begun;
    }

    /**
     * Nothing waits for the members any more. The next round begins where the last one ended; otherwise some members
     * would always be first.
     */
    void endRounds(int place) {
        assert loop.inLoop();
        rounds = null;
        next = place;
        closeGaps();
    }
}
