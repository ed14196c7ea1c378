package dev.pushwire.broker;

import java.util.concurrent.CompletableFuture;

/** Answers the questions that come to one address of this node, see {@link ClusterBus#ask}. */
@FunctionalInterface
public interface QuestionHandler {
    /**
     * Answers a question. Questions of one thread of another node arrive in order. Several calls may come at once. The
     * method must not wait.
     *
     * @param question must not be changed
     * @return the answer, of at most {@link ClusterBus#MAX_QUESTION_SIZE} bytes, now or later. It is cancelled when no
     *     caller waits for it any more. If it fails, the node that asked learns only that it failed
     */
    CompletableFuture<byte[]> answer(byte[] question);
}
