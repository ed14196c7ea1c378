package dev.pushwire.broker;

import java.util.List;

/**
 * Publications that a topic remembers. Immutable.
 *
 * @param publications the oldest first, without a gap
 * @param recovered whether they begin right after the position that the caller gave; if not, some may be missing, and
 *     the list is empty. A position of another epoch counts as recovered if this epoch is known to continue that one:
 *     its offset then means the same here
 * @param latest the position of the topic; beyond the last publication of the list if the limit cut the list off
 */
public record History(List<Publication> publications, boolean recovered, Position latest) {
    public History {
        publications = List.copyOf(publications);
    }
}
