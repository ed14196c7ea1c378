package dev.pushwire.broker;

import java.util.concurrent.CompletableFuture;

/** Answers the questions that come to one address of this node, see {@link ClusterBus#ask}. */
@FunctionalInterface
public interface QuestionHandler {
    /**
     * A question came. What one thread of another node asks comes in the order in which it was asked. Several calls may come at
     * once. Must not wait.
     *
     * @param question not to be changed
     * @return the answer, of at most {@link ClusterBus#MAX_QUESTION_SIZE} bytes, now or later. It is cancelled when nobody waits for
     *     it any more. Where it fails, the node that asked is told no more than that
     */
    CompletableFuture<byte[]> answer(byte[] question);
}
