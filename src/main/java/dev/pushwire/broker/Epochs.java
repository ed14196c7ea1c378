package dev.pushwire.broker;

import java.util.Arrays;

/**
 * Where topics of which nothing is kept stand: at the beginning of an epoch that follows from their name, so that it need not
 * be kept for each of them. A topic that is published to goes on in that epoch. When it is forgotten, the epoch ends, so that
 * no two publications of a topic ever have the same position.
 *
 * <p>Topics share epochs by the hash of their names. The end of one ends it for the others of its share, too, of which nothing
 * is kept: their subscribers are told that they may have missed something, though they have not. Thread-safe.
 */
final class Epochs {
    /** So many that the end of one concerns few others, and so few that they take some hundred kilobytes at most. */
    private static final int SHARES = 1024;

    private final String first = Position.ofNewEpoch().epoch();
    private final Position[] starts = new Position[SHARES]; // guarded by this, as is the number
    private long ended;

    Epochs() {
        Arrays.fill(starts, new Position(first, 0));
    }

    /** Where a topic stands of which nothing is kept. */
    synchronized Position start(TopicName topic) {
        return starts[share(topic)];
    }

    /** To be called before a topic is forgotten that was published to: it must not begin again in this epoch. */
    synchronized void end(TopicName topic, String epoch) {
        int share = share(topic);
        if (starts[share].epoch().equals(epoch)) {
            ended++;
            starts[share] = new Position(first + Long.toString(ended, Character.MAX_RADIX), 0);
        }
    }

    private static int share(TopicName topic) {
        int hash = topic.hashCode();
        return (hash ^ (hash >>> 16)) & (SHARES - 1);
    }
}
