package dev.pushwire.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The answers of the event loops to a question, which each loop is asked on its own thread.
 *
 * @param answers the answers that came in time
 * @param silent the indexes of the loops that did not answer: something holds them up
 */
record LoopAnswers<T>(List<T> answers, List<Integer> silent) {

    /** Asks all loops at once, and waits. A loop that is late is no longer asked. Not for a loop's own thread. */
    static <T> LoopAnswers<T> ask(List<EventLoop> loops, Duration patience, Function<EventLoop, T> question) {
        List<CompletableFuture<T>> asked =
                loops.stream().map(loop -> ask(loop, question)).toList();
        long deadline = System.nanoTime() + patience.toNanos();
        List<T> answers = new ArrayList<>();
        List<Integer> silent = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            try {
                answers.add(asked.get(i).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                asked.get(i).cancel(false);
                silent.add(loops.get(i).index());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted while event loops were asked");
            } catch (ExecutionException e) {
                throw new IllegalStateException("An event loop could not answer", e.getCause());
            }
        }
        return new LoopAnswers<>(List.copyOf(answers), List.copyOf(silent));
    }

    private static <T> CompletableFuture<T> ask(EventLoop loop, Function<EventLoop, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            if (answer.isDone()) {
                return; // no caller waits any more
            }
            try {
                answer.complete(question.apply(loop));
            } catch (Throwable t) {
                answer.completeExceptionally(t);
            }
        });
        return answer;
    }
}
