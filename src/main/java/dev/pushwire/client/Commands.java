package dev.pushwire.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The commands that wait for their answers, in order. Only the application's commands are limited in number.
 * Thread-safe.
 */
final class Commands {
    /** The service remembers an idempotency key for five minutes. This leaves some seconds for the way there. */
    private static final long REPEATABLE = Duration.ofSeconds(270).toNanos();

    private final int most;
    private final LongSupplier nanoTime;
    private final Map<Long, Pending> pending = new LinkedHashMap<>(); // guarded by this, as is the next
    private long lastId;
    private boolean closed;

    /**
     * @param most how many repeated commands may wait
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    Commands(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /**
     * Adds a command and gives it a number.
     *
     * @param repeated whether to send the command again over the next connection if this one ends without an answer
     * @return fails with a {@link PushException} at once if too many commands wait, or the client is closed
     */
    synchronized CompletableFuture<JsonNode> add(ObjectNode command, boolean repeated) {
        if (closed) {
            return CompletableFuture.failedFuture(new PushException("closed", "The client is closed."));
        }
        if (repeated && pending.values().stream().filter(Pending::isRepeated).count() >= most) {
            return CompletableFuture.failedFuture(
                    new PushException("too_many_pending", most + " commands wait for their answers already."));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(++lastId, new Pending(command.put("id", lastId), answer, repeated));
        return answer;
    }

    /**
     * Takes an answer. An answer that no command waits for is dropped. An error that names a topic is about that topic,
     * not about the command.
     */
    void answered(long id, JsonNode answer) {
        Pending command = take(id);
        if (command == null) {
            return;
        }
        if (answer.path("type").asString("").equals("error") && !answer.has("topic")) {
            command.answer().completeExceptionally(PushException.of(answer));
        } else {
            command.answer().complete(answer);
        }
    }

    private synchronized @Nullable Pending take(long id) {
        return pending.remove(id);
    }

    /** Notes that a command is sent. */
    synchronized void sent(ObjectNode command) {
        long now = nanoTime.getAsLong();
        pending.computeIfPresent(command.path("id").asLong(), (id, before) -> before.sent(now));
    }

    /** Fails the commands that were first sent too long ago to be sent again. For a new connection. */
    void giveUpLate() {
        List<Pending> late = new ArrayList<>();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            pending.values()
                    .removeIf(command ->
                            command.isSent() && now - command.firstSentAt() > REPEATABLE && late.add(command));
        }
        late.forEach(command -> command.answer()
                .completeExceptionally(
                        new PushException("outcome_unknown", "No answer came: it may have been published.")));
    }

    /** The commands to send again, in order. */
    synchronized List<ObjectNode> repeated() {
        return pending.values().stream()
                .filter(Pending::isRepeated)
                .map(Pending::command)
                .toList();
    }

    /** The connection is over. Commands that belonged to it alone fail. */
    void connectionEnded() {
        fail(false, new PushException("closed", "The connection ended before the answer came."));
    }

    /** The client is closed. All commands fail. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        fail(true, new PushException("closed", "The client was closed before the answer came."));
    }

    private void fail(boolean all, PushException why) {
        List<Pending> failed = new ArrayList<>();
        synchronized (this) {
            pending.values().removeIf(command -> (all || !command.isRepeated()) && failed.add(command));
        }
        failed.forEach(command -> command.answer().completeExceptionally(why));
    }
}
