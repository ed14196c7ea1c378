package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The connections to all servers, from when they are there until one of them is lost: then all are given up. So one of these
 * belongs to one life of each server, and nothing that was asked is asked again behind our back. Thread-safe.
 */
final class RedisConnections implements AutoCloseable {
    /** How an error begins that says that this is not, or no longer, the server to ask. */
    private static final Set<String> WRONG_SERVER = Set.of("MOVED", "READONLY", "CLUSTERDOWN");

    private final Duration timeout;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final List<ServerConnections> servers;
    private final boolean sharded;

    /**
     * Connects.
     *
     * @param messages is given what comes over channels, by channel, and says whether to go on; must not wait
     * @throws RuntimeException when a server cannot be reached
     */
    RedisConnections(Masters masters, Duration timeout, BiPredicate<String, byte[]> messages) {
        this.timeout = timeout;
        this.servers = masters.connect(
                (channel, message) -> lost.isDone() || messages.test(channel, message), () -> lost.complete(null));
        this.sharded = servers.stream().allMatch(ServerConnections::hasShardedChannels);
    }

    /** The life of the server that a partition is on. */
    String incarnation(int partition) {
        return servers.get(partition).incarnation();
    }

    /** The command that scripts publish with. */
    String publishCommand() {
        return sharded ? "SPUBLISH" : "PUBLISH";
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
        List<Future<Object>> answers =
                calls.stream().map(call -> send(call, false)).toList();
        List<List<?>> results = new ArrayList<>();
        int next = 0;
        for (Call call : calls) {
            results.add(answer(call, answers.get(next)));
            next++;
        }
        return results;
    }

    private List<?> answer(Call call, Future<Object> sent) {
        try {
            return (List<?>) await(sent);
        } catch (BrokerUnavailableException e) {
            if (e.getCause() instanceof RedisNoScriptException) {
                return (List<?>) await(send(call, true));
            }
            throw e;
        }
    }

    private Future<Object> send(Call call, boolean withSource) {
        String[] keys = call.keys().toArray(String[]::new);
        byte[][] arguments = call.arguments().toArray(byte[][]::new);
        var commands = servers.get(call.partition()).commands();
        return withSource
                ? commands.eval(call.script().source(), ScriptOutputType.MULTI, keys, arguments)
                : commands.evalsha(call.script().digest(), ScriptOutputType.MULTI, keys, arguments);
    }

    /** The values of hashes of topics, in the same order. */
    List<List<byte[]>> values(Collection<TopicName> topics, Function<TopicName, String> key) {
        List<? extends Future<List<byte[]>>> answers = topics.stream()
                .map(topic -> servers.get(Keys.partition(topic)).commands().hvals(key.apply(topic)))
                .toList();
        return answers.stream().map(this::await).toList();
    }

    /** Has messages to these topics come; waits until that is so. */
    void subscribe(Collection<TopicName> topics) {
        List<Future<Void>> answers = new ArrayList<>();
        topics.stream()
                .collect(Collectors.groupingBy(Keys::partition))
                .forEach((partition, those) -> answers.addAll(servers.get(partition)
                        .subscribe(those.stream().map(Keys::channel).toList(), sharded)));
        answers.forEach(this::await);
    }

    /** Has messages of channels of a partition come; waits until that is so. */
    void subscribe(int partition, Collection<String> channels) {
        servers.get(partition).subscribe(channels, sharded).forEach(this::await);
    }

    /** Has everything come that patterns may match; waits until that is so. */
    void subscribeToPatterns() {
        List<Future<Void>> answers = IntStream.range(0, Keys.PARTITIONS)
                .boxed()
                .flatMap(partition ->
                        servers.get(partition).subscribe(List.of(Keys.patternChannel(partition)), sharded).stream())
                .toList();
        answers.forEach(this::await);
    }

    /** Ends that; does not wait. */
    void unsubscribe(TopicName topic) {
        servers.get(Keys.partition(topic)).unsubscribe(List.of(Keys.channel(topic)), sharded);
    }

    /** Ends that; does not wait. */
    void unsubscribeFromPatterns() {
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            servers.get(partition).unsubscribe(List.of(Keys.patternChannel(partition)), sharded);
        }
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
            if (cause instanceof RedisCommandExecutionException && isWrongServer(String.valueOf(cause.getMessage()))) {
                lose();
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
