package dev.pushwire.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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

    /** Of what one node {@linkplain #ask asks} another, and of the answer, in bytes: a mebibyte, and what says what it is. */
    int MAX_QUESTION_SIZE = (1 << 20) + (1 << 16);

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

    /**
     * Asks one node something whose answer may be large and take long: it may wait there for something to happen. Does not wait
     * itself. What one thread asks a node comes there in the order in which it was asked. This node can be asked also while the
     * broker is unavailable.
     *
     * @param address of those who answer there, see {@link #answer}
     * @param question at most {@link #MAX_QUESTION_SIZE} bytes, not to be changed afterwards
     * @param patience how long to wait for the answer
     * @return the answer. It fails with an {@link AskFailedException}: at once where the node is known not to be there, within some
     *     seconds where it dies meanwhile. A caller that does not want it any more cancels it, and so the other node learns of that. It
     *     ends on a thread of this bus, so what depends on it must not wait
     * @throws IllegalArgumentException for a question that is too large, and for what is no address
     */
    CompletableFuture<byte[]> ask(NodeName node, String address, byte[] question, Duration patience);

    /**
     * Leaves things to the other nodes, before this one ends. Where it is alone, or its broker is in its own memory, they are gone
     * with it.
     *
     * @param things by keys that nobody else uses
     * @param life how long they are kept
     */
    void keep(Map<String, byte[]> things, Duration life);

    /** Takes what a node has {@linkplain #keep left}: once. Null where there is nothing. */
    byte @Nullable [] take(String key);

    /**
     * Has questions to an address of this node answered, from now on and for its life.
     *
     * @param address 1 to 32 ASCII letters, digits and hyphens
     * @throws IllegalStateException when somebody answers there already
     */
    void answer(String address, QuestionHandler handler);
}
