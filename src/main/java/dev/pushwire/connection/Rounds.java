package dev.pushwire.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes round the members of a group on one loop, again and again, as long as something waits for them. In its turn,
 * each member gets everything that has come since its last turn. A message that comes in the middle of a round reaches
 * the next member at once, and the members before it in the next round. So no message waits longer than a round takes,
 * and all that come within a round share a write.
 */
final class Rounds {
    private final LoopShard part;
    private final List<Waiting> waiting = new ArrayList<>(); // the oldest first
    private int round;
    private int next; // the members below this place have not had their turn in this round
    private boolean moved; // members have other places than they had in the round before

    /** @param place the members below it have the first turns */
    Rounds(LoopShard part, int place) {
        this.part = part;
        this.next = place;
    }

    /** The members below this place have the next turns. */
    int place() {
        return next;
    }

    /**
     * A broadcast that has not reached all members yet.
     *
     * @param round the round in which it came
     * @param place the members from this place on had had their turn by then, and get it in the next round
     */
    private record Waiting(Broadcast broadcast, int round, int place) {}

    void add(Broadcast broadcast) {
        waiting.add(new Waiting(broadcast, round, next));
    }

    /** The member whose turn it is; null if the member with this place has left. */
    @Nullable
    Connection next() {
        if (next == 0) {
            moved = part.closeGaps();
            round++;
            next = part.places();
        }
        return next == 0 ? null : part.member(--next);
    }

    /** Removes the broadcasts that have reached all members. */
    void finish(Consumer<Broadcast> finished) {
        int count = 0;
        while (count < waiting.size() && hasReachedAll(waiting.get(count))) {
            finished.accept(waiting.get(count).broadcast());
            count++;
        }
        if (count > 0) {
            waiting.subList(0, count).clear();
        }
    }

    private boolean hasReachedAll(Waiting it) {
        int end = moved ? 0 : it.place;
        return part.isEmpty()
                || round > it.round + 1
                || (round == it.round + 1 && next <= end)
                || (round == it.round && next == 0 && it.place == part.places());
    }

    boolean isOver() {
        return waiting.isEmpty();
    }

    /** How many broadcasts wait. */
    int size() {
        return waiting.size();
    }

    Broadcast get(int index) {
        return waiting.get(index).broadcast();
    }

    /** The index of the first broadcast after a {@link Broadcast#number}; {@link #size} if there is none. */
    int indexAfter(long number) {
        int low = 0;
        int high = waiting.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).number() > number) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
