package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * The connections to all servers, from when they are there until one of them is lost: then all are given up. So one of these
 * belongs to one life of each server, and nothing that was asked is asked again behind our back. Thread-safe.
 */
final class RedisConnections implements AutoCloseable {
    /** How an error begins that says that this is not, or no longer, the server to ask. */
    private static final Set<String> WRONG_SERVER = Set.of("MOVED", "READONLY", "CLUSTERDOWN");

    /** How an error begins that says that {@code maxmemory} is reached. */
    private static final String OUT_OF_MEMORY = "OOM";

    /** How an error begins that says that the clock of a partition does not know this life of its server. */
    private static final String UNBEGUN = "UNBEGUN";

    private final Duration timeout;
    private final Refusals refusals;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final List<ServerConnections> servers;

    /**
     * Connects.
     *
     * @param refusals is told when there is no memory left
     * @param messages is given what comes over channels, by channel, and says whether to go on; must not wait
     * @throws RuntimeException when a server cannot be reached
     */
    RedisConnections(
            PrimaryConnector primaries, Duration timeout, Refusals refusals, BiPredicate<String, byte[]> messages) {
        this.timeout = timeout;
        this.refusals = refusals;
        this.servers = primaries.connect(
                (channel, message) -> lost.isDone() || messages.test(channel, message), () -> lost.complete(null));
    }

    /** The server that a partition is on: the same object for all that are on it. */
    Object server(int partition) {
        return servers.get(partition);
    }

    /** The life of the server that a partition is on. */
    String incarnation(int partition) {
        return servers.get(partition).incarnation();
    }

    /**
     * Runs a script.
     *
     * @throws BrokerUnavailableException when there is no answer in time, or an error
     */
    List<?> run(Call call) {
        return runAll(List.of(call)).getFirst();
    }

    /** Runs scripts without waiting for one before the next is sent; gives their answers in the same order. */
    List<List<?>> runAll(Collection<Call> calls) {
        List<Supplier<List<?>>> answers = new ArrayList<>();
        calls.forEach(call -> answers.add(start(call)));
        List<List<?>> results = new ArrayList<>();
        answers.forEach(answer -> results.add(answer.get()));
        return results;
    }

    /**
     * Sends a script, without waiting.
     *
     * @return waits for the answer; throws as {@link #run} does
     */
    Supplier<List<?>> start(Call call) {
        CompletableFuture<Object> answer = request(call);
        return () -> (List<?>) await(answer);
    }

    /** Asks again at once what could not be answered yet, so that this costs many calls no more than one round trip each. */
    private CompletableFuture<Object> request(Call call) {
        return send(call, false)
                .exceptionallyCompose(e -> isUnknown(e) ? send(call, true) : CompletableFuture.failedFuture(e))
                .exceptionallyCompose(e -> isUnbegun(e) ? beginAndSend(call) : CompletableFuture.failedFuture(e));
    }

    private static boolean isUnknown(Throwable e) {
        return error(e) instanceof RedisNoScriptException;
    }

    private static boolean isUnbegun(Throwable e) {
        return String.valueOf(error(e).getMessage()).startsWith(UNBEGUN);
    }

    private static Throwable error(Throwable e) {
        return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    }

    private CompletableFuture<Object> beginAndSend(Call call) {
        int partition = call.partition();
        return send(PartitionStore.begin(partition, incarnation(partition)), true)
                .thenCombine(send(call, true), (begun, answer) -> answer);
    }

    private CompletableFuture<Object> send(Call call, boolean withSource) {
        String[] keys = call.keys().toArray(String[]::new);
        byte[][] arguments = call.arguments().toArray(byte[][]::new);
        var commands = servers.get(call.partition()).commands();
        RedisFuture<Object> answer = withSource
                ? commands.eval(call.script().source(), ScriptOutputType.MULTI, keys, arguments)
                : commands.evalsha(call.script().digest(), ScriptOutputType.MULTI, keys, arguments);
        return answer.toCompletableFuture();
    }

    /**
     * Asks for the values of a topic's hash, without waiting.
     *
     * @return waits for the answer; throws as {@link #run} does
     */
    Supplier<List<byte[]>> startValues(String key, TopicName topic) {
        Future<List<byte[]>> sent =
                servers.get(Keys.partition(topic)).commands().hvals(key);
        return () -> await(sent);
    }

    /**
     * Sends for the messages to topics, without waiting.
     *
     * @return for each topic, in the same order, waits until its messages come; throws as {@link #run} does
     */
    List<Runnable> startSubscribing(List<TopicName> topics) {
        return topics.stream()
                .map(topic -> startSubscribing(Keys.partition(topic), Keys.channel(topic)))
                .toList();
    }

    /** The same for a channel of a partition. */
    Runnable startSubscribing(int partition, String channel) {
        Future<Void> sent = servers.get(partition).subscribe(channel);
        return () -> await(sent);
    }

    /** Publishes over a channel of a partition, without waiting. Gives how many got it. */
    CompletableFuture<Long> publish(int partition, String channel, byte[] message) {
        return servers.get(partition)
                .commands()
                .spublish(channel, message)
                .toCompletableFuture()
                .whenComplete((receivers, failure) -> {
                    if (failure != null && isWrongServer(String.valueOf(failure.getMessage()))) {
                        lose();
                    }
                });
    }

    /** Has messages of channels of a partition come; waits until that is so. */
    void subscribe(int partition, Collection<String> channels) {
        List<Runnable> confirmations = channels.stream()
                .map(channel -> startSubscribing(partition, channel))
                .toList();
        confirmations.forEach(Runnable::run);
    }

    /** Ends that; does not wait. */
    void unsubscribe(TopicName topic) {
        unsubscribe(Keys.partition(topic), Keys.channel(topic));
    }

    /** Ends that; does not wait. */
    void unsubscribe(int partition, String channel) {
        servers.get(partition).unsubscribe(channel);
    }

    /** Waits until all messages have come that were published before. */
    void awaitMessages() {
        List<Future<String>> answers =
                servers.stream().distinct().map(ServerConnections::pingTold).toList();
        answers.forEach(this::await);
    }

    /** Whether all connections answer. */
    boolean answers() {
        try {
            List<Future<String>> answers = servers.stream()
                    .distinct()
                    .flatMap(server -> server.ping().stream())
                    .toList();
            answers.forEach(this::await);
            return true;
        } catch (BrokerUnavailableException e) {
            return false;
        }
    }

    /** Waits until a connection is lost; returns whether one is. */
    boolean awaitLoss(Duration atMost) throws InterruptedException {
        try {
            lost.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    /** Gives all connections up. */
    void lose() {
        lost.complete(null);
    }

    private <T> T await(Future<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof RedisCommandExecutionException) {
                String error = String.valueOf(cause.getMessage());
                if (isWrongServer(error)) {
                    lose();
                }
                if (error.startsWith(OUT_OF_MEMORY)) {
                    refusals.add();
                    throw new BrokerUnavailableException("Redis has no memory left", cause);
                }
            }
            throw unavailable(cause);
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static boolean isWrongServer(String error) {
        return WRONG_SERVER.stream().anyMatch(error::startsWith);
    }

    private static BrokerUnavailableException unavailable(Throwable cause) {
        return new BrokerUnavailableException("Redis did not do what it was asked", cause);
    }

    @Override
    public void close() {
        lose();
        servers.stream().distinct().forEach(ServerConnections::close);
    }

    @Override
    public String toString() {
        return "Redis of "
                + servers.stream()
                        .map(ServerConnections::incarnation)
                        .distinct()
                        .toList();
    }
}
