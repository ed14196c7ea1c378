package dev.pushwire.redis;

import dev.pushwire.broker.AskFailedException.Reason;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.QuestionHandlers;
import dev.pushwire.pulse.Pulse;
import dev.pushwire.redis.AskedQuestions.Asked;
import dev.pushwire.redis.NodeMessage.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions from node to node whose answers may take long, and be large. They have connections and a thread of their
 * own. The number of clients that Redis gave a message to shows whether a node is there. At each heartbeat a node
 * reports which answers it still waits for. So a lost question, answer or cancellation is noticed by then. Thread-safe.
 */
final class NodeQuestions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeQuestions.class);

    /** How many heartbeats of the other node may be missed. */
    private static final int MISSED = 4;

    private static final int KEPT_AT_ONCE = 500;

    private final NodeName self;
    private final Duration timeout;
    private final QuestionHandlers handlers = new QuestionHandlers();
    private final AskedQuestions asked = new AskedQuestions();
    private final HeldQuestions held;
    private final SerialExecutor inbox = new SerialExecutor("questions");
    private final RedisLink link;
    private volatile @Nullable RedisConnections beatOver; // written by beats, which come one after the other

    /** @param beat the time between two calls of {@link #beat} */
    NodeQuestions(PrimaryConnector primaries, NodeName self, Duration timeout, Duration beat) {
        this.self = self;
        this.timeout = timeout;
        this.held = new HeldQuestions(beat.multipliedBy(MISSED));
        this.link = new RedisLink("questions", primaries, timeout, new RedisLink.Listener() {
            @Override
            public boolean received(String channel, byte[] message) {
                return inbox.add(message.length, () -> take(message));
            }

            @Override
            public void connected(RedisConnections redis) {
                redis.subscribe(List.of(channel(self.value())));
            }
        });
    }

    void start() {
        link.start();
    }

    Pulse pulse() {
        return link.pulse();
    }

    QuestionHandlers handlers() {
        return handlers;
    }

    private static Channel channel(String node) {
        return Channel.ofNodes(Keys.nodes("questions:" + node));
    }

    /** As {@link ClusterBus#ask}. */
    CompletableFuture<byte[]> ask(NodeName node, String address, byte[] question, Duration patience) {
        if (node.equals(self)) {
            return handlers.ask(address, question, patience);
        }
        QuestionHandlers.check(address, question);
        Asked one = asked.open(node, patience);
        RedisConnections redis = link.connectionsIfUp();
        if (redis == null) {
            one.fail(Reason.UNAVAILABLE, "There is no connection to Redis");
        }
        if (redis == null || one.answer().isDone()) {
            return one.answer();
        }
        Sender by = new Sender(self.value(), one.number());
        CompletableFuture<?> _ = redis.publish(channel(node.value()), QuestionMessage.question(by, address, question))
                .whenComplete((receivers, failure) -> {
                    if (failure != null) {
                        one.fail(Reason.UNAVAILABLE, "Redis did not take the question");
                    } else if (receivers == 0 && isSettled(redis)) {
                        one.fail(Reason.UNREACHABLE, "No node called " + node + " listens");
                    } else if (receivers == 0) {
                        one.fail(Reason.UNAVAILABLE, "Redis was away, and " + node + " may not be back yet");
                    }
                });
        one.sent();
        CompletableFuture<?> _ = one.answer().whenComplete((answer, failure) -> {
            if (QuestionHandlers.isGivenUp(failure)) {
                CompletableFuture<?> _ = say(node.value(), QuestionMessage.cancelled(by));
            }
        });
        return one.answer();
    }

    /** How many answers of other nodes this node waits for. */
    int waiting() {
        return asked.size();
    }

    /**
     * Whether the other nodes had time to come back. After an interruption they may still be away, as this node was.
     */
    private boolean isSettled(RedisConnections redis) {
        return redis == beatOver || link.reconnects() == 0;
    }

    private void take(byte[] bytes) {
        switch (QuestionMessage.read(bytes)) {
            case QuestionMessage.Asked(Sender by, String address, byte[] question) -> hold(by, address, question);
            case QuestionMessage.Cancelled(Sender by) -> held.cancel(by);
            case QuestionMessage.Waiting waiting -> renew(waiting);
            case QuestionMessage.Answered answered -> asked.answered(answered);
            case QuestionMessage.Failed(long number) ->
                asked.fail(number, Reason.FAILED, "The node could not answer, or its answer was lost");
            case QuestionMessage.Gone(long number) -> asked.fail(number, Reason.UNREACHABLE, "The node has ended");
            case null -> log.debug("A node of another version sent an unknown message");
        }
    }

    private void hold(Sender by, String address, byte[] question) {
        CompletableFuture<byte[]> answer = handlers.handle(address, question);
        held.add(by, answer);
        CompletableFuture<?> _ = answer.whenComplete((bytes, failure) -> held.answered(by, () -> {
            CompletableFuture<?> _ = say(by.node(), reply(by, bytes, failure));
        }));
    }

    private static byte[] reply(Sender by, byte[] answer, @Nullable Throwable failure) {
        if (failure == null && answer.length <= ClusterBus.MAX_QUESTION_SIZE) {
            return QuestionMessage.answer(by.number(), answer);
        }
        log.error("This node could not answer another one", failure);
        return QuestionMessage.failed(by.number());
    }

    private void renew(QuestionMessage.Waiting waiting) {
        for (Sender each : waiting.questions()) {
            if (!held.renew(each)) {
                CompletableFuture<?> _ = say(each.node(), QuestionMessage.failed(each.number()));
            }
        }
    }

    /** Sends a message. A lost one is noticed at one of the next heartbeats. */
    private CompletableFuture<?> say(String node, byte[] message) {
        RedisConnections redis = link.connectionsIfUp();
        return redis == null
                ? CompletableFuture.completedFuture(null)
                : redis.publish(channel(node), message).exceptionally(lost -> 0L);
    }

    /** As {@link ClusterBus#keep}. */
    void keep(Map<String, byte[]> things, Duration life) {
        for (List<Map.Entry<String, byte[]>> some : things.entrySet().stream()
                .gather(Gatherers.windowFixed(KEPT_AT_ONCE))
                .toList()) {
            link.connections()
                    .runAll(some.stream()
                            .map(each -> new Call(
                                    Script.KEEP,
                                    Keys.NODES,
                                    List.of(left(each.getKey())),
                                    List.of(each.getValue(), ScriptArguments.bytes(life.toMillis()))))
                            .toList());
        }
    }

    /** As {@link ClusterBus#take}. */
    byte @Nullable [] take(String key) {
        List<?> found = link.connections().run(new Call(Script.TAKE, Keys.NODES, List.of(left(key)), List.of()));
        return found.isEmpty() ? null : (byte[]) found.getFirst();
    }

    private static String left(String key) {
        return Keys.nodes("left:" + key);
    }

    /** Reports the open questions. It is called every few seconds, and not by two threads at once. */
    void beat() {
        held.expire();
        RedisConnections redis = link.connectionsIfUp();
        boolean isSettled = redis != null && isSettled(redis);
        beatOver = redis;
        if (redis != null) {
            asked.byNode().forEach((node, questions) -> sayWaiting(redis, node, questions, isSettled));
        }
    }

    private void sayWaiting(RedisConnections redis, NodeName node, List<Asked> questions, boolean isSettled) {
        CompletableFuture<?> _ = redis.publish(
                        channel(node.value()),
                        QuestionMessage.waiting(self, questions.stream().mapToLong(Asked::number)))
                .thenAccept(receivers -> {
                    if (receivers == 0 && isSettled) {
                        questions.forEach(each -> each.fail(Reason.UNREACHABLE, "The node listens no more"));
                    }
                });
    }

    /** Tells the others that this node goes, and waits a moment until that is sent. */
    @Override
    public void close() {
        CompletableFuture<?>[] said = held.cancelAll().stream()
                .map(by -> say(by.node(), QuestionMessage.gone(by.number())))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(said)
                .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        asked.failAll(Reason.UNAVAILABLE, "This node ends");
        link.close();
        inbox.close();
    }
}
