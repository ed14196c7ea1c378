package dev.pushwire.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The addresses of this node that questions can be sent to. Thread-safe. */
public final class QuestionHandlers {
    private static final int LONGEST_ADDRESS = 32;

    private final Map<String, QuestionHandler> handlers = new ConcurrentHashMap<>();

    /**
     * See {@link ClusterBus#answer}.
     *
     * @throws IllegalArgumentException for what is no address
     * @throws IllegalStateException when the address is taken
     */
    public void add(String address, QuestionHandler handler) {
        checkAddress(address);
        if (handlers.putIfAbsent(address, handler) != null) {
            throw new IllegalStateException("Questions to " + address + " are answered already");
        }
    }

    /** @throws IllegalArgumentException for a question that no node can be asked */
    public static void check(String address, byte[] question) {
        checkAddress(address);
        if (question.length > ClusterBus.MAX_QUESTION_SIZE) {
            throw new IllegalArgumentException("A question has at most " + ClusterBus.MAX_QUESTION_SIZE + " bytes");
        }
    }

    private static void checkAddress(String address) {
        boolean isAddress = !address.isEmpty()
                && address.length() <= LONGEST_ADDRESS
                && address.chars().allMatch(c -> c < 0x7F && (Character.isLetterOrDigit(c) || c == '-'));
        if (!isAddress) {
            throw new IllegalArgumentException(
                    "An address has 1 to " + LONGEST_ADDRESS + " ASCII letters, digits and hyphens");
        }
    }

    /** What the handler answers; fails as {@link AskFailedException.Reason#FAILED} where there is none. */
    public CompletableFuture<byte[]> handle(String address, byte[] question) {
        QuestionHandler handler = handlers.get(address);
        if (handler == null) {
            return CompletableFuture.failedFuture(failed("Nobody answers at " + address));
        }
        try {
            return handler.answer(question);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** As {@link ClusterBus#ask} of the node itself. */
    public CompletableFuture<byte[]> ask(String address, byte[] question, Duration patience) {
        check(address, question);
        CompletableFuture<byte[]> result = awaited(patience);
        CompletableFuture<byte[]> handled = handle(address, question.clone());
        CompletableFuture<?> _ = handled.whenComplete((answer, failure) -> {
            if (failure == null && answer.length <= ClusterBus.MAX_QUESTION_SIZE) {
                result.complete(answer);
            } else {
                result.completeExceptionally(
                        failure instanceof AskFailedException
                                ? failure
                                : new AskFailedException(
                                        AskFailedException.Reason.FAILED, "This node failed to answer", failure));
            }
        });
        CompletableFuture<?> _ = result.whenComplete((answer, failure) -> {
            if (isGivenUp(failure)) {
                handled.cancel(false);
            }
        });
        return result;
    }

    /** An answer that fails as {@link AskFailedException.Reason#LATE} when it has not come by then. */
    public static CompletableFuture<byte[]> awaited(Duration patience) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        Future<?> end = ForkJoinPool.commonPool()
                .schedule(
                        () -> result.completeExceptionally(new AskFailedException(
                                AskFailedException.Reason.LATE, "There was no answer within " + patience)),
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
        CompletableFuture<?> _ = result.whenComplete((answer, failure) -> end.cancel(false));
        return result;
    }

    /** Whether this is how an answer ends that nobody waits for any more. */
    public static boolean isGivenUp(Throwable failure) {
        return failure instanceof CancellationException
                || (failure instanceof AskFailedException e && e.reason() == AskFailedException.Reason.LATE);
    }

    private static AskFailedException failed(String message) {
        return new AskFailedException(AskFailedException.Reason.FAILED, message);
    }
}
