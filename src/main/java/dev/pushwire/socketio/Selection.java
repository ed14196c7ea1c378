package dev.pushwire.socketio;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A choice of sockets in a namespace.
 *
 * @param rooms the sockets in any of these rooms; all sockets if it is empty
 * @param except without the sockets in any of these rooms
 */
record Selection(Set<String> rooms, Set<String> except) {
    static final Selection ALL = new Selection(Set.of(), Set.of());

    Selection {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    Selection to(String... more) {
        return new Selection(union(rooms, more), except);
    }

    Selection except(String... more) {
        return new Selection(rooms, union(except, more));
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> union = new LinkedHashSet<>(some);
        union.addAll(List.of(more));
        return union;
    }
}
