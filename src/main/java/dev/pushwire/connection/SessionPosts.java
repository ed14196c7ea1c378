package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.PostedSession.Posted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings messages that clients send in separate requests to the event loop of their session. */
final class SessionPosts {
    private SessionPosts() {}

    /** See {@link ConnectionSession#post}. */
    static CompletableFuture<Posted> post(
            ConnectionSession session, boolean isText, ByteBuffer message, @Nullable Duration patience) {
        CompletableFuture<Posted> answer = new CompletableFuture<>();
        boolean taken = session.loop().tryExecute(() -> {
            Connection connection = session.connection();
            connection.attempt(() -> connection.in().post(isText, message, patience, answer));
        });
        if (!taken) {
            answer.complete(Posted.ENDED);
        }
        return answer;
    }

    /** See {@link ConnectionSession#handled}. */
    static CompletableFuture<Void> handled(ConnectionSession session) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        boolean taken =
                session.loop().tryExecute(() -> session.connection().delivery().behindCalls(() -> all.complete(null)));
        if (!taken) {
            all.complete(null);
        }
        return all;
    }
}
