package dev.pushwire.broker;

import java.time.Duration;

/**
 * What the nodes of a service tell and ask each other, publications apart. Notices are kept; questions are not.
 *
 * <p>The guarantee:
 *
 * <ul>
 *   <li><b>Kept.</b> A notice whose {@link #broadcast} has returned is heard by every node. One that starts later, or was cut off,
 *       hears what it missed before it is told that it has {@link ClusterListener#caughtUp caught up}. A notice is kept for as
 *       long as the retention says, or until another one of the same key takes its place. If the broker loses it all the
 *       same, a node that has heard it and is still there has it kept again, and who missed it hears it late.
 *   <li><b>Once, and in order.</b> Each node hears a notice once, and notices in the order in which they were kept.
 *   <li><b>Living.</b> Asked are the nodes that have said in the last seconds that they live, this one included. Of a node
 *       that died or was cut off an answer is missing, until it no longer counts as living.
 *   <li><b>Failure.</b> Where the broker cannot be reached each method throws {@link BrokerUnavailableException}; what was
 *       said may have been heard or not. To say it again does no harm.
 * </ul>
 *
 * <p>Thread-safe. Every method may wait for a network and for other nodes: none is for an event loop.
 */
public interface ClusterBus {
    /** Notices that are kept at most: some ten megabytes. */
    int MOST_NOTICES = 100_000;

    /**
     * Tells all nodes, and has it kept.
     *
     * @param key what it is about
     * @param patience how long to wait for what the nodes answer, once it is kept
     * @throws TooManyNoticesException when as many are kept as there may be; nothing was said then
     */
    ClusterAnswers broadcast(String key, String notice, Duration patience);

    /** Asks all living nodes. */
    ClusterAnswers request(String question, Duration patience);

    /**
     * Asks one node; of one that does not live there is no answer, and none is missing. This one can be asked also while the
     * broker is unavailable.
     */
    ClusterAnswers request(NodeName node, String question, Duration patience);
}
