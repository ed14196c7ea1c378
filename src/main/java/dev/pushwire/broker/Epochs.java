package dev.pushwire.broker;

import java.util.Arrays;

/**
 * The positions of topics of which nothing is stored: each stands at the beginning of an epoch that follows from its
 * name, so no position is stored for it. A topic that is published to continues this epoch. When the topic is
 * forgotten, the epoch ends, so that no two publications of a topic ever have the same position.
 *
 * <p>Topics share epochs by the hash of their names. So an epoch that ends does so for the other topics of its share,
 * too, if nothing of them is stored. Their subscribers are told that they may have missed something, although they have
 * not. Thread-safe.
 */
final class Epochs {
    /**
     * The number of shares. The end of one concerns few other topics, and all together take some hundred kilobytes at
     * most.
     */
    private static final int SHARES = 1024;

    private final String first = Position.ofNewEpoch().epoch();
    private final Position[] starts = new Position[SHARES]; // guarded by this, as is the number
    private long ended;

    Epochs() {
        Arrays.fill(starts, new Position(first, 0));
    }

    /** The position of a topic of which nothing is stored. */
    synchronized Position start(TopicName topic) {
        return starts[share(topic)];
    }

    /**
     * Ends an epoch, before a topic is forgotten that was published to in it: the topic must not begin again in this
     * epoch.
     */
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
