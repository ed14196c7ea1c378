package dev.pushwire.api;

import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.ClientResult;
import dev.pushwire.push.ClientSession;
import dev.pushwire.push.OpenClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Subscribes this node's clients of a principal, and ends their subscriptions. It may wait for the broker, but not for
 * long.
 */
public final class ClientSubscriptions {
    /** Less than the three seconds that an asking node waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Executor THREADS = Thread::startVirtualThread;

    private final OpenClients clients;

    public ClientSubscriptions(OpenClients clients) {
        this.clients = clients;
    }

    /** Subscribes the clients. A client without the right is left as it is. */
    SubscriptionChange subscribe(String principal, TopicPattern topic) {
        return change(principal, client -> switch (client.subscribeUnasked(topic)) {
            case ClientResult.Done<Boolean>(Boolean isNew) -> isNew ? Result.CHANGED : Result.AS_IT_WAS;
            case ClientResult.Refused<Boolean> _ -> Result.REFUSED;
        });
    }

    SubscriptionChange unsubscribe(String principal, TopicPattern topic) {
        return change(principal, client -> client.unsubscribeUnasked(topic) ? Result.CHANGED : Result.AS_IT_WAS);
    }

    private enum Result {
        CHANGED,
        AS_IT_WAS,
        REFUSED
    }

    /**
     * Changes all clients at the same time, since each may wait for the broker. A change that takes too long goes on,
     * and is not counted.
     */
    private SubscriptionChange change(String principal, Function<ClientSession, Result> what) {
        List<CompletableFuture<Result>> begun = clients.of(principal).stream()
                .map(client -> CompletableFuture.supplyAsync(() -> what.apply(client), THREADS))
                .toList();
        CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, _) -> null)
                .join();
        List<Result> results = begun.stream()
                .filter(each -> each.isDone() && !each.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .toList();
        return new SubscriptionChange(
                begun.size(),
                count(results, Result.CHANGED),
                count(results, Result.REFUSED),
                results.size() == begun.size());
    }

    private static int count(List<Result> results, Result which) {
        return (int) results.stream().filter(which::equals).count();
    }
}
