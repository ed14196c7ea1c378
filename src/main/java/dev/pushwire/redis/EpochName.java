package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of epochs, as {@code topic.lua} makes them. */
final class EpochName {
    /** The era, followed by the window of the first publication. A topic whose state was lost has another name. */
    private static final Pattern FIRST = Pattern.compile("([0-9a-z]+)W[0-9]+");

    private EpochName() {}

    /**
     * Whether a topic begins with this publication: it did not exist before in the life of its server, or no longer
     * existed. So a node that has heard everything until then has missed nothing.
     *
     * @param heard the last position that the node has heard of the topic, or the topic's position without publications
     */
    static boolean beginsAnew(Position publication, Position heard) {
        if (publication.offset() != 1 || publication.epoch().equals(heard.epoch())) {
            return false; // as for nearly all publications
        }
        Matcher first = FIRST.matcher(publication.epoch());
        return first.matches() && first.group(1).equals(era(heard.epoch()));
    }

    private static String era(String epoch) {
        int end = epoch.indexOf('W');
        return end < 0 ? epoch : epoch.substring(0, end);
    }
}
