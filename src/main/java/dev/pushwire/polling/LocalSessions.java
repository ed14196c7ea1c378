package dev.pushwire.polling;

import java.util.concurrent.CompletableFuture;

/** Answers for the sessions of this node. */
@FunctionalInterface
public interface LocalSessions {
    /**
     * A request came, of a client of this node or of another. Must not wait.
     *
     * @return now or later. It is cancelled when nobody waits for it any more
     */
    CompletableFuture<SessionAnswer> answer(SessionId id, SessionRequest request);
}
