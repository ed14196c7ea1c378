package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The connections to all servers. If one of them is lost, all are given up. So an object of this class belongs to one
 * life of each server, and no client repeats a command by itself. Thread-safe.
 */
final class RedisConnections implements AutoCloseable {
    /** The beginnings of errors which say that this is not the right server, or no longer. */
    private static final Set<String> WRONG_SERVER = Set.of("MOVED", "READONLY", "CLUSTERDOWN");

    /** The beginning of an error which says that {@code maxmemory} is reached. */
    private static final String OUT_OF_MEMORY = "OOM";

    /** The beginning of an error which says that the clock of a partition does not know this life of its server. */
    private static final String UNBEGUN = "UNBEGUN";

    private final Duration timeout;
    private final Refusals refusals;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final List<ServerConnections> servers;
    private final Set<Integer> ready = ConcurrentHashMap.newKeySet(); // the partitions in which a script has been run

    /**
     * Connects.
     *
     * @param refusals is told when Redis has no memory left
     * @param messages takes the messages of channels, and returns whether to go on; must not wait
     * @throws RuntimeException if a server cannot be reached
     */
    RedisConnections(
            PrimaryConnector primaries, Duration timeout, Refusals refusals, BiPredicate<String, byte[]> messages) {
        this.timeout = timeout;
        this.refusals = refusals;
        this.servers = primaries.connect(
                (channel, message) -> lost.isDone() || messages.test(channel, message), () -> lost.complete(null));
        servers.stream().distinct().forEach(server -> server.giveUpAfter(timeout));
    }

    /** The server of a partition: the same object for all partitions on it. */
    Object server(int partition) {
        return servers.get(partition);
    }

    /** The life of a partition's server. */
    String incarnation(int partition) {
        return servers.get(partition).incarnation();
    }

    /**
     * Runs a script.
     *
     * @throws BrokerUnavailableException if there is no answer in time, or an error
     */
    List<?> run(Call call) {
        AsyncCommand<String, byte[], List<Object>> command = Command.evalsha(call);
        servers.get(call.partition()).send(List.of(command));
        settle(command);
        return await(command.isCompletedExceptionally() ? orAgain(call, command) : command);
    }

    /**
     * Runs a script without waiting.
     *
     * @return completes with a call that gives the answer at once; it throws as {@link #run} does
     */
    CompletableFuture<Supplier<List<?>>> runAsync(Call call) {
        AsyncCommand<String, byte[], List<Object>> command = Command.evalsha(call);
        servers.get(call.partition()).send(List.of(command));
        CompletableFuture<List<Object>> answer = orAgain(call, command);
        return answer.handle((_, _) -> () -> await(answer));
    }

    /** Waits for an answer, whatever it is. */
    private static void settle(Future<?> answer) {
        try {
            answer.get();
        } catch (ExecutionException | CancellationException e) {
            // the caller that asks for the answer gets it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs scripts, and sends each without waiting for the one before. The answers have the same order. */
    List<List<?>> runAll(List<Call> calls) {
        List<List<?>> results = new ArrayList<>();
        startAll(calls).forEach(answer -> results.add(answer.get()));
        return results;
    }

    /**
     * Sends scripts, without waiting.
     *
     * @return for each, in the same order, a call that waits for the answer; it throws as {@link #run} does
     */
    List<Supplier<List<?>>> startAll(List<Call> calls) {
        return request(calls).stream()
                .<Supplier<List<?>>>map(answer -> () -> await(answer))
                .toList();
    }

    private List<CompletableFuture<List<Object>>> request(List<Call> calls) {
        List<AsyncCommand<String, byte[], List<Object>>> commands =
                send(calls, Call::partition, Command::evalsha, ServerConnections::send);
        List<CompletableFuture<List<Object>>> answers = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            answers.add(orAgain(calls.get(i), commands.get(i)));
        }
        return answers;
    }

    /**
     * Sends scripts like {@link #startAll}, and keeps the order of scripts in one partition. A script that must be
     * repeated would come after others. So this waits for the first script in each partition over these connections.
     */
    List<Supplier<List<?>>> startInOrder(List<Call> calls) {
        Map<Integer, Call> firsts = new LinkedHashMap<>();
        calls.stream()
                .filter(call -> !ready.contains(call.partition()))
                .forEach(call -> firsts.putIfAbsent(call.partition(), call));
        IdentityHashMap<Call, CompletableFuture<List<Object>>> answers = new IdentityHashMap<>();
        putAnswers(List.copyOf(firsts.values()), answers);
        CompletableFuture<?>[] first = answers.entrySet().stream()
                .map(each ->
                        each.getValue().thenRun(() -> ready.add(each.getKey().partition())))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(first)
                .exceptionally(failed -> null) // the caller that waits for that answer is told
                .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        putAnswers(calls.stream().filter(call -> !answers.containsKey(call)).toList(), answers);
        return calls.stream()
                .map(call -> Objects.requireNonNull(answers.get(call)))
                .<Supplier<List<?>>>map(answer -> () -> await(answer))
                .toList();
    }

    private void putAnswers(List<Call> calls, IdentityHashMap<Call, CompletableFuture<List<Object>>> answers) {
        List<CompletableFuture<List<Object>>> started = request(calls);
        for (int i = 0; i < calls.size(); i++) {
            answers.put(calls.get(i), started.get(i));
        }
    }

    /** Sends a command for each item, all commands to a server in one write. */
    private <T, R> List<AsyncCommand<String, byte[], R>> send(
            List<T> all,
            ToIntFunction<T> partition,
            Function<T, AsyncCommand<String, byte[], R>> command,
            BiConsumer<ServerConnections, List<AsyncCommand<String, byte[], R>>> to) {
        List<AsyncCommand<String, byte[], R>> commands = new ArrayList<>(all.size());
        IdentityHashMap<ServerConnections, List<AsyncCommand<String, byte[], R>>> byServer = new IdentityHashMap<>();
        for (T each : all) {
            AsyncCommand<String, byte[], R> one = command.apply(each);
            commands.add(one);
            byServer.computeIfAbsent(servers.get(partition.applyAsInt(each)), server -> new ArrayList<>())
                    .add(one);
        }
        byServer.forEach(to);
        return commands;
    }

    /**
     * Repeats at once a script that could not be answered yet. So this costs many calls no more than one round trip
     * each.
     */
    private CompletableFuture<List<Object>> orAgain(Call call, CompletableFuture<List<Object>> answer) {
        return answer.exceptionallyCompose(e -> isUnknown(e) ? sendWithSource(call) : CompletableFuture.failedFuture(e))
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

    private CompletableFuture<List<Object>> beginAndSend(Call call) {
        int partition = call.partition();
        return sendWithSource(PartitionStore.begin(partition, incarnation(partition)))
                .thenCombine(sendWithSource(call), (begun, answer) -> answer);
    }

    private CompletableFuture<List<Object>> sendWithSource(Call call) {
        AsyncCommand<String, byte[], List<Object>> command = Command.eval(call);
        servers.get(call.partition()).send(List.of(command));
        return command;
    }

    /**
     * Asks for the members of topics, without waiting.
     *
     * @return for each, in the same order, a call that waits for the answer; it throws as {@link #run} does
     */
    List<Supplier<List<byte[]>>> startMembers(List<TopicName> topics) {
        return send(topics, Keys::partition, topic -> Command.hvals(Keys.members(topic)), ServerConnections::send)
                .stream()
                .<Supplier<List<byte[]>>>map(answer -> () -> await(answer))
                .toList();
    }

    /**
     * Subscribes to channels, without waiting.
     *
     * @return for each, in the same order, a call that waits until its messages come; it throws as {@link #run} does
     */
    List<Runnable> startSubscribing(List<Channel> channels) {
        return send(
                        channels,
                        Channel::partition,
                        channel -> Command.ssubscribe(channel.name()),
                        ServerConnections::sendTold)
                .stream()
                .<Runnable>map(answer -> () -> await(answer))
                .toList();
    }

    /** Subscribes to channels, and waits until their messages come. */
    void subscribe(List<Channel> channels) {
        startSubscribing(channels).forEach(Runnable::run);
    }

    /** Ends the subscription to a channel. Does not wait. */
    void unsubscribe(Channel channel) {
        servers.get(channel.partition()).unsubscribe(channel.name());
    }

    /**
     * Publishes over a channel, without waiting.
     *
     * @return how many clients got the message
     */
    CompletableFuture<Long> publish(Channel channel, byte[] message) {
        return servers.get(channel.partition()).publish(channel.name(), message).whenComplete((receivers, failure) -> {
            if (failure != null && isWrongServer(String.valueOf(failure.getMessage()))) {
                lose();
            }
        });
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

    /**
     * Waits for the loss of a connection.
     *
     * @return whether one is lost
     */
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
            return future.get(); // ends in time: see ServerConnections.giveUpAfter
        } catch (CancellationException e) { // as Lettuce cancels all commands when the connection closes
            throw unavailable(e);
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
