package dev.pushwire.broker;

import java.util.List;

/**
 * Publications that a topic remembers.
 *
 * @param publications oldest first, with no gap between them
 * @param recovered whether they begin right behind the position asked for; if not, something may be missing, and there are
 *     none
 * @param latest where the topic stands; beyond the last publication here when the limit cut them off
 */
public record History(List<Publication> publications, boolean recovered, Position latest) {
    public History {
        publications = List.copyOf(publications);
    }
}
