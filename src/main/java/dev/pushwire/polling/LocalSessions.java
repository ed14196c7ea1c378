package dev.pushwire.polling;

import java.util.concurrent.CompletableFuture;

/** Answers for the sessions of this node. */
@FunctionalInterface
public interface LocalSessions {
    /**
     * Answers a request of a client, which came to this node or to another. Must not wait.
     *
     * @return the answer, now or later. It is cancelled when no caller waits for it any more
     */
    CompletableFuture<SessionAnswer> answer(SessionId id, SessionRequest request);
}
