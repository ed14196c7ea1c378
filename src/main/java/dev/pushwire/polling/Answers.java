package dev.pushwire.polling;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers that follow from other answers. To cancel one cancels the answer that it follows from, which a stage by
 * itself does not do.
 */
public final class Answers {
    private Answers() {}

    /** An answer that follows from a result, or from a failure. */
    public static <T, U> CompletableFuture<U> following(
            CompletableFuture<T> cause, BiFunction<@Nullable T, @Nullable Throwable, U> what) {
        CompletableFuture<U> result = cause.handle(what);
        cancelWith(result, () -> cause.cancel(false));
        return result;
    }

    /** An answer that follows from a result after more time. */
    public static <T, U> CompletableFuture<U> after(
            CompletableFuture<T> cause, Function<T, CompletableFuture<U>> what) {
        AtomicReference<CompletableFuture<?>> underWay = new AtomicReference<>(cause);
        CompletableFuture<U> result = cause.thenCompose(value -> {
            CompletableFuture<U> next = what.apply(value);
            underWay.set(next);
            return next;
        });
        cancelWith(result, () -> underWay.get().cancel(false));
        return result;
    }

    private static void cancelWith(CompletableFuture<?> result, Runnable cancellation) {
        CompletableFuture<?> _ = result.whenComplete((answer, failure) -> {
            if (result.isCancelled()) {
                cancellation.run();
            }
        });
    }
}
