package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.ClusterAnswers;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.ClusterListener;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.QuestionHandler;
import dev.pushwire.pulse.Pulse;
import dev.pushwire.pulse.Pulsing;
import io.lettuce.core.AbstractRedisClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of nodes over Redis. It has connections of its own, so that a notice does not wait behind publications, and
 * others for questions that may be large, see {@link NodeQuestions}.
 */
public final class RedisClusterBus implements ClusterBus, Pulsing, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisClusterBus.class);

    /** The time between two heartbeats of this node. */
    private static final Duration BEAT = Duration.ofSeconds(5);
    /** How many heartbeats a node may miss before it counts as dead. */
    private static final int MISSED = 3;

    private final NodeName self;
    private final ClusterListener listener;
    private final NodeStore store;
    private final NoticeReceiver receiver;
    private final PendingAnswers pending = new PendingAnswers();
    private final Duration lease;
    private final SerialExecutor inbox = new SerialExecutor("notices");
    private final RedisLink link;
    private final NodeQuestions questions;
    private final Pulse heart;
    private volatile int kept;

    /**
     * Begins to connect, and waits a moment for that and for the kept notices.
     *
     * @param client a client with the {@link ClientSettings}
     * @param retention how long notices are kept; must be the same on all nodes
     * @param timeout how long to wait for an answer of Redis
     */
    public RedisClusterBus(
            AbstractRedisClient client, NodeName self, ClusterListener listener, Duration retention, Duration timeout) {
        this(client, self, listener, new NodeStore(retention, MOST_NOTICES), retention, timeout, BEAT);
    }

    RedisClusterBus(
            AbstractRedisClient client,
            NodeName self,
            ClusterListener listener,
            NodeStore store,
            Duration retention,
            Duration timeout,
            Duration beat) {
        this.self = self;
        this.listener = listener;
        this.store = store;
        this.receiver = new NoticeReceiver(store, listener, retention);
        this.lease = beat.multipliedBy(MISSED);
        this.link =
                new RedisLink("nodes", new PrimaryConnector(client, Keys.NODES + 1), timeout, new RedisLink.Listener() {
                    @Override
                    public boolean received(String channel, byte[] message) {
                        return take(message);
                    }

                    @Override
                    public void connected(RedisConnections redis) {
                        redis.subscribe(List.of(
                                Channel.ofNodes(NodeStore.CHANNEL), Channel.ofNodes(NodeStore.channel(self.value()))));
                        receiver.catchUp(redis);
                        live(redis);
                    }
                });
        this.questions = new NodeQuestions(new PrimaryConnector(client, Keys.NODES + 1), self, timeout, beat);
        link.start();
        questions.start();
        heart = Pulse.every(beat, "pushwire-nodes-heart", this::beat);
    }

    /**
     * Takes a message. Does not wait.
     *
     * @return false if too many wait
     */
    private boolean take(byte[] bytes) {
        NodeMessage message;
        try {
            message = NodeMessage.read(bytes);
        } catch (RuntimeException e) {
            log.error("The message of another node could not be read", e);
            return true;
        }
        return switch (message) {
            case NodeMessage.Told told -> inbox.add(bytes.length, () -> hear(told));
            case NodeMessage.Asked asked -> {
                answer(asked.by(), () -> listener.asked(asked.question()));
                yield true;
            }
            case NodeMessage.Answered answered -> {
                pending.arrived(answered);
                yield true;
            }
            case null -> true;
        };
    }

    /**
     * Shows that this node lives.
     *
     * @return the time of the newest notice
     */
    private long live(RedisConnections redis) {
        NodeStore.KeptNotices notices = store.live(redis, self, lease);
        kept = notices.count();
        return notices.newest();
    }

    /** How many notices were kept when Redis was last asked, a few seconds ago. */
    public int kept() {
        return kept;
    }

    /** Whether Redis can be reached. */
    public boolean isAvailable() {
        return link.connectionsIfUp() != null;
    }

    /** How often new connections to Redis were made after a loss. */
    public long reconnects() {
        return link.reconnects();
    }

    /** How many questions to other nodes have no answer yet. */
    public int questionsWaiting() {
        return pending.size() + questions.waiting();
    }

    private void hear(NodeMessage.Told told) {
        answer(told.by(), receiver.hear(told.notice()));
    }

    private void answer(NodeMessage.Sender asker, Supplier<@Nullable String> answer) {
        Thread.ofVirtual().name("pushwire-nodes-answer").start(() -> {
            String text = null;
            try {
                text = answer.get();
            } catch (Throwable t) { // the other node is told, so it need not wait
                log.error("This node could not answer another one", t);
            }
            if (asker.equals(NodeMessage.NOBODY)) {
                return;
            }
            try {
                store.answer(link.connections(), self, asker, text);
            } catch (BrokerUnavailableException e) {
                log.debug("An answer was lost", e);
            }
        });
    }

    private void beat() {
        try {
            RedisConnections redis = link.connections();
            receiver.check(redis, live(redis));
        } catch (BrokerUnavailableException e) {
            log.debug("No beat while Redis is away", e);
        }
        questions.beat();
    }

    @Override
    public List<Pulse> pulses() {
        return List.of(heart, link.pulse(), questions.pulse());
    }

    @Override
    public ClusterAnswers broadcast(String key, String notice, Duration patience) {
        try (PendingAnswers.Pending answers = pending.open()) {
            List<String> living = store.broadcast(link.connections(), sender(answers), key, notice);
            return answers.await(living, patience);
        }
    }

    @Override
    public ClusterAnswers request(String question, Duration patience) {
        return askThroughRedis(null, question, patience);
    }

    @Override
    public ClusterAnswers request(NodeName node, String question, Duration patience) {
        if (node.equals(self)) {
            String answer = listener.asked(question);
            return new ClusterAnswers(answer == null ? List.of() : List.of(answer), answer != null);
        }
        return askThroughRedis(node, question, patience);
    }

    private ClusterAnswers askThroughRedis(@Nullable NodeName node, String question, Duration patience) {
        try (PendingAnswers.Pending answers = pending.open()) {
            List<String> asked = store.request(link.connections(), sender(answers), node, question);
            return answers.await(asked, patience);
        }
    }

    @Override
    public CompletableFuture<byte[]> ask(NodeName node, String address, byte[] question, Duration patience) {
        return questions.ask(node, address, question, patience);
    }

    @Override
    public void answer(String address, QuestionHandler handler) {
        questions.handlers().add(address, handler);
    }

    @Override
    public void keep(Map<String, byte[]> things, Duration life) {
        questions.keep(things, life);
    }

    @Override
    public byte @Nullable [] take(String key) {
        return questions.take(key);
    }

    private NodeMessage.Sender sender(PendingAnswers.Pending answers) {
        return new NodeMessage.Sender(self.value(), answers.number());
    }

    /** Tells the others that this node goes, and ends. A second call does nothing. */
    @Override
    public void close() {
        heart.close();
        questions.close();
        try {
            NodeStore.KeptNotices _ = store.live(link.connections(), self, Duration.ZERO);
        } catch (BrokerUnavailableException e) {
            log.debug("The others will notice that this node is gone", e);
        }
        link.close();
        inbox.close();
    }
}
