package dev.pushwire.broker;

import java.util.List;

/**
 * Publications that a topic remembers.
 *
 * @param publications oldest first, with no gap between them
 * @param recovered whether they begin right behind the position asked for; if not, something may be missing, and there are
 *     none. A position of another epoch is recovered if this one is known to go on from there: its offset then means the same
 *     here
 * @param latest where the topic stands; beyond the last publication here when the limit cut them off
 */
public record History(List<Publication> publications, boolean recovered, Position latest) {
    public History {
        publications = List.copyOf(publications);
    }
}
