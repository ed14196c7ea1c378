package dev.pushwire.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The handlers of questions to this node, by address. Thread-safe. */
public final class QuestionHandlers {
    private static final int LONGEST_ADDRESS = 32;

    private final Map<String, QuestionHandler> handlers = new ConcurrentHashMap<>();

    /**
     * Adds a handler, see {@link ClusterBus#answer}.
     *
     * @throws IllegalArgumentException if the address is not valid
     * @throws IllegalStateException if the address has a handler already
     */
    public void add(String address, QuestionHandler handler) {
        checkAddress(address);
        if (handlers.putIfAbsent(address, handler) != null) {
            throw new IllegalStateException("The address " + address + " has a handler for questions already");
        }
    }

    /**
     * Checks a question before it is sent.
     *
     * @throws IllegalArgumentException if the address is not valid, or the question is too large
     */
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

    /** The handler's answer; fails as {@link AskFailedException.Reason#FAILED} if there is no handler. */
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

    /** Asks the node itself, as {@link ClusterBus#ask} does. */
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

    /** An answer that fails as {@link AskFailedException.Reason#LATE} if it has not come in time. */
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

    /** Whether this is the failure of an answer that no caller waits for any more. */
    public static boolean isGivenUp(Throwable failure) {
        return failure instanceof CancellationException
                || (failure instanceof AskFailedException e && e.reason() == AskFailedException.Reason.LATE);
    }

    private static AskFailedException failed(String message) {
        return new AskFailedException(AskFailedException.Reason.FAILED, message);
    }
}
