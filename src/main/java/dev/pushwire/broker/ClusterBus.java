package dev.pushwire.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries notices and questions between the nodes of a service. It carries no publications. Notices are kept; questions
 * are not.
 *
 * <p>The guarantee:
 * <ul>
 * <li><b>Kept.</b> Every node hears a notice whose {@link #broadcast} has returned. A node that starts later, or was
 * cut off, hears what it missed before it is told that it has {@link ClusterListener#caughtUp caught up}. A notice is
 * kept for as long as the retention says, or until a notice with the same key replaces it. If the broker loses a
 * notice, a living node that has heard it stores it again, and nodes that missed it hear it late.
 * <li><b>Once, and in order.</b> Each node hears a notice once, and notices in the order in which they were kept.
 * <li><b>Living.</b> A question goes to the nodes that have shown in the last seconds that they live, this one
 * included. If a node has died or was cut off, its answer is missing until it no longer counts as living.
 * <li><b>Failure.</b> If the broker cannot be reached, each method throws {@link BrokerUnavailableException}. Nodes may
 * have heard the message or not. To send it again does no harm.
 * </ul>
 *
 * <p>Thread-safe. Every method may wait for a network and for other nodes, so none is for an event loop.
 */
public interface ClusterBus {
    /** How many notices are kept at most: about ten megabytes. */
    int MOST_NOTICES = 100_000;

    /**
     * The largest question that one node {@linkplain #ask asks} another, and the largest answer, in bytes: a mebibyte,
     * and room for a head.
     */
    int MAX_QUESTION_SIZE = (1 << 20) + (1 << 16);

    /**
     * Tells all nodes, and keeps the notice.
     *
     * @param key what the notice is about
     * @param patience how long to wait for the nodes' answers, once the notice is kept
     * @throws TooManyNoticesException if as many notices are kept as there may be; no node has heard the notice then
     */
    ClusterAnswers broadcast(String key, String notice, Duration patience);

    /** Asks all living nodes. */
    ClusterAnswers request(String question, Duration patience);

    /**
     * Asks one node. If the node is dead, the result has no answer and is complete. A node can ask itself also while
     * the broker is unavailable.
     */
    ClusterAnswers request(NodeName node, String question, Duration patience);

    /**
     * Asks one node. The answer may be large and take long, since the other node may wait for something to happen. This
     * method does not wait. Questions of one thread to one node arrive in order. A node can ask itself also while the
     * broker is unavailable.
     *
     * @param address the address of the handler there, see {@link #answer}
     * @param question at most {@link #MAX_QUESTION_SIZE} bytes; must not change afterwards
     * @param patience how long to wait for the answer
     * @return the answer. It fails with an {@link AskFailedException}: at once if the node is known to be dead, and
     *     within some seconds if the node dies meanwhile. A caller that no longer wants the answer cancels it, and the
     *     other node learns of that. The future completes on a thread of this bus, so what depends on it must not wait
     * @throws IllegalArgumentException if the question is too large, or the address is not valid
     */
    CompletableFuture<byte[]> ask(NodeName node, String address, byte[] question, Duration patience);

    /**
     * Leaves data to the other nodes before this node ends. If no other node is there, or the broker is in this node's
     * own memory, the data is lost.
     *
     * @param things the data, by keys that no other caller uses
     * @param life how long the data is kept
     */
    void keep(Map<String, byte[]> things, Duration life);

    /** Takes data that a node has {@linkplain #keep left}. It can be taken only once. Null if there is none. */
    byte @Nullable [] take(String key);

    /**
     * Sets the handler of the questions to an address of this node, from now on and for the node's life.
     *
     * @param address 1 to 32 ASCII letters, digits and hyphens
     * @throws IllegalStateException if the address has a handler already
     */
    void answer(String address, QuestionHandler handler);
}
