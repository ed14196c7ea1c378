package dev.pushwire.connection;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a session, with its place in each, and how much of what they were sent it has got. Belongs to the
 * loop's thread. It searches linearly: few sessions are in more than some groups, and the limits on subscriptions keep
 * the number to about a thousand.
 */
final class Memberships {
    private static final int NOT_IN = -1;

    private @Nullable LoopShard[] parts = new @Nullable LoopShard[1];
    private int[] places = new int[1];
    private int count;
    private long given;

    int count() {
        return count;
    }

    LoopShard part(int index) {
        return Objects.requireNonNull(parts[index]);
    }

    boolean isIn(LoopShard part) {
        return indexOf(part) != NOT_IN;
    }

    private int indexOf(LoopShard part) {
        for (int i = 0; i < count; i++) {
            if (parts[i] == part) {
                return i;
            }
        }
        return NOT_IN;
    }

    /** Visits a group and the session's place there. */
    interface Visitor {
        void visit(LoopShard part, int place);
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < count; i++) {
            visitor.visit(part(i), places[i]);
        }
    }

    void add(LoopShard part, int place) {
        if (count == parts.length) {
            parts = Arrays.copyOf(parts, 2 * count);
            places = Arrays.copyOf(places, 2 * count);
        }
        parts[count] = part;
        places[count] = place;
        count++;
    }

    /** The group has moved the session to another place. */
    void moved(LoopShard part, int place) {
        places[indexOf(part)] = place;
    }

    /**
     * Removes a group that the session is in.
     *
     * @return the place that the session had in it
     */
    int remove(LoopShard part) {
        int index = indexOf(part);
        int place = places[index];
        count--;
        parts[index] = parts[count];
        places[index] = places[count];
        parts[count] = null;
        return place;
    }

    /** The {@link Broadcast#number} up to which the session has got everything. */
    long given() {
        return given;
    }

    void given(long number) {
        given = number;
    }
}
