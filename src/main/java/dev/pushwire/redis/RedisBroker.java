package dev.pushwire.redis;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.pulse.Pulse;
import dev.pushwire.pulse.Pulsing;
import io.lettuce.core.AbstractRedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker that shares topics between nodes through Redis. Histories are streams. One script appends a publication and
 * tells the subscribed nodes. While Redis is away, subscriptions last. When it is back, each node first reads what it
 * missed.
 */
public final class RedisBroker implements Broker, Pulsing, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisBroker.class);

    /** How many publications are under way at most. More would not be faster, and Redis keeps the answers to all. */
    private static final int MOST_AT_ONCE = 1000;

    /** The time between two heartbeats of this node. */
    private static final Duration BEAT = Duration.ofSeconds(5);

    private final TopicStore store;
    private final RedisSubscriptions subscriptions;
    private final PresenceLeases leases;
    private final Acknowledged acknowledged = new Acknowledged();
    private final RedisLink link;
    private final LagProbe lag = new LagProbe();
    // New connections, over which no heartbeat went yet.
    private final BlockingQueue<RedisConnections> fresh = new LinkedBlockingQueue<>();
    private final Pulse heart;

    /**
     * Begins to connect, and waits a moment for the connections.
     *
     * @param client a client with the {@link ClientSettings}
     * @param retentions how much to remember of each topic
     * @param timeout how long to wait for an answer of Redis
     */
    public RedisBroker(AbstractRedisClient client, Function<TopicName, Retention> retentions, Duration timeout) {
        this(client, retentions, timeout, BEAT);
    }

    RedisBroker(
            AbstractRedisClient client, Function<TopicName, Retention> retentions, Duration timeout, Duration beat) {
        this.store = new TopicStore(retentions);
        this.subscriptions = new RedisSubscriptions(store, () -> link().connections());
        this.leases = new PresenceLeases(new MemberStore(NodeName.random(), PresenceLeases.lease(beat)));
        this.link = new RedisLink("topics", new PrimaryConnector(client), timeout, new RedisLink.Listener() {
            @Override
            public boolean received(String channel, byte[] message) {
                return subscriptions.received(channel, message);
            }

            @Override
            public void connected(RedisConnections redis) {
                subscriptions.resume(redis, acknowledged);
                fresh.add(redis); // a beat tells the members: a large node should not wait for that before it publishes
            }
        });
        link.start();
        heart = new Pulse(() -> Duration.ZERO, "pushwire-redis-heart", () -> beatOnceIn(beat));
        heart.start();
    }

    private RedisLink link() {
        return link;
    }

    /** Beats after that time, or as soon as there are new connections. */
    private void beatOnceIn(Duration time) throws InterruptedException {
        RedisConnections redis = fresh.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (redis == null) {
            redis = link.connectionsIfUp();
        }
        if (redis != null) {
            beat(redis);
        }
    }

    private void beat(RedisConnections redis) {
        tryTo("Presence could not be renewed", () -> leases.beat(redis));
        tryTo("The progress of patterns could not be read", () -> subscriptions.beat(redis));
        tryTo("How far this node is behind could not be probed", () -> probe(redis));
    }

    private void probe(RedisConnections redis) {
        if (!lag.begin()) {
            return;
        }
        try {
            redis.awaitMessages();
            subscriptions.afterMessages(lag::arrive);
        } catch (RuntimeException e) {
            lag.giveUp();
            throw e;
        }
    }

    private static void tryTo(String elseSay, Runnable action) {
        try {
            action.run();
        } catch (BrokerUnavailableException e) {
            log.debug("{}; it will be tried again", elseSay, e);
        } catch (RuntimeException e) {
            log.error("{}; it will be tried again", elseSay, e);
        }
    }

    @Override
    public List<Pulse> pulses() {
        return List.of(heart, link.pulse());
    }

    /** Whether Redis can be reached. */
    public boolean isAvailable() {
        return link.connectionsIfUp() != null;
    }

    /** How often new connections to Redis were made after a loss. */
    public long reconnects() {
        return link.reconnects();
    }

    /**
     * The lag: how long it took, at the last probe, until all that Redis had sent was dealt with. If a probe is under
     * way for longer, its time so far.
     */
    public Duration lag() {
        return lag.lag();
    }

    /** How many topics wait for subscribers of this node that are behind, or for their history to be read. */
    public int topicsBehind() {
        return subscriptions.topicsBehind();
    }

    /** How many bytes from Redis are not dealt with yet. */
    public long waitingBytes() {
        return subscriptions.waitingBytes();
    }

    /** How often Redis has refused a command because it had no memory left. */
    public long refused() {
        return link.refused();
    }

    /** Drops the connections, as if they had broken. New ones are made. */
    void cutOff() {
        link.connections().lose();
    }

    @Override
    public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
        PublishResult result = store.publish(link.connections(), new PublishRequest(topic, payload, options));
        acknowledged.note(topic, result);
        return result;
    }

    @Override
    public boolean publishesAsync() {
        return true;
    }

    @Override
    public CompletableFuture<PublishOutcome> publishAsync(PublishRequest request) {
        RedisConnections redis = link.connectionsIfUp();
        if (redis == null) {
            return CompletableFuture.completedFuture(new PublishOutcome.Failed(RedisLink.down()));
        }
        return store.publishAsync(redis, request).thenApply(outcome -> {
            note(request, outcome);
            return outcome;
        });
    }

    @Override
    public List<PublishOutcome> publish(List<PublishRequest> requests) {
        List<PublishOutcome> outcomes = new ArrayList<>();
        try {
            for (List<PublishRequest> some : requests.stream()
                    .gather(Gatherers.windowFixed(MOST_AT_ONCE))
                    .toList()) {
                outcomes.addAll(store.publish(link.connections(), some));
            }
        } catch (BrokerUnavailableException e) {
            outcomes.add(new PublishOutcome.Failed(e));
        }
        for (int i = 0; i < outcomes.size(); i++) {
            note(requests.get(i), outcomes.get(i));
        }
        return outcomes;
    }

    private void note(PublishRequest request, PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Made(PublishResult result)) {
            acknowledged.note(request.topic(), result);
        }
    }

    @Override
    public @Nullable Position subscribe(TopicPattern pattern, Subscriber subscriber) {
        return subscriptions.subscribe(link.connections(), pattern, subscriber);
    }

    @Override
    public void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        subscriptions.unsubscribe(pattern, subscriber);
    }

    @Override
    public History history(TopicName topic, @Nullable Position since, int limit) {
        return store.history(link.connections(), topic, since, limit);
    }

    @Override
    public void join(TopicName topic, Member member) {
        leases.join(link, topic, member);
    }

    @Override
    public void leave(TopicName topic, String connection) {
        leases.leave(link, topic, connection);
    }

    @Override
    public List<Member> members(TopicName topic) {
        return store.members(link.connections(), topic);
    }

    @Override
    public void close() {
        heart.close();
        subscriptions.close();
        link.close();
    }
}
