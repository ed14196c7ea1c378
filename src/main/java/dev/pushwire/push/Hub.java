package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of this node's sessions to topics. The node subscribes with the {@link Broker} once for all its
 * sessions. It stays subscribed for a little while after the last session has left.
 *
 * <p>Thread-safe. Methods that may wait for the broker say so. They are not for event loops, and throw
 * {@link dev.pushwire.broker.BrokerUnavailableException}. Methods that may need room for one more topic throw
 * {@link dev.pushwire.broker.TooManyTopicsException}. Before that, the hub gives up the topic that has been without
 * subscribers for longest.
 */
public final class Hub {
    /** The time that the node stays on a topic without clients, since another client may come soon. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final Broker broker;
    private final TopicRules rules;
    private final LiveTopics topics;
    private final Patterns patterns;
    private final Subscriber subscriber = new Listener();
    private final LongAdder publications = new LongAdder();
    private final LongAdder deliveries = new LongAdder();

    /**
     * A hub without topics.
     *
     * @param limits how many topics there may be, and how much is kept of them for sessions that come back
     * @param clock the clock that gives publications their times
     */
    public Hub(Broker broker, TopicRules rules, SessionGroup.Factory groups, HubLimits limits, InstantSource clock) {
        this.broker = broker;
        this.rules = rules;
        this.topics = new LiveTopics(broker, subscriber, rules, groups, limits, clock);
        this.patterns = new Patterns(
                groups,
                limits.patterns(),
                pattern -> broker.subscribe(pattern, subscriber),
                pattern -> broker.unsubscribe(pattern, subscriber));
    }

    /** Publishes to the subscribers on all nodes. May wait. */
    public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
        PublishResult result = topics.makingRoom(() -> broker.publish(topic, payload, options));
        publications.increment();
        return result;
    }

    /** Whether {@link #publishAsync} may be called. */
    boolean publishesAsync() {
        return broker.publishesAsync();
    }

    /** Publishes without waiting, as {@link Broker#publishAsync} does. */
    CompletableFuture<PublishOutcome> publishAsync(PublishRequest request) {
        return broker.publishAsync(request).thenApply(outcome -> {
            if (outcome instanceof PublishOutcome.Made) {
                publications.increment();
            }
            return outcome;
        });
    }

    /**
     * Publishes several, those of one topic in order, as {@link Broker#publish(List)} does. May wait.
     *
     * @return the outcomes, in the same order. The list ends early if one failed and the rest was not tried
     */
    public List<PublishOutcome> publish(List<PublishRequest> requests) {
        List<PublishOutcome> outcomes = new ArrayList<>();
        boolean hasRoom = true;
        while (hasRoom && outcomes.size() < requests.size()) {
            outcomes.addAll(broker.publish(requests.subList(outcomes.size(), requests.size())));
            hasRoom = outcomes.getLast() instanceof PublishOutcome.Failed(TooManyTopicsException reason)
                    && topics.makeRoom();
            if (hasRoom) {
                outcomes.removeLast(); // to be tried again
            }
        }
        publications.add(
                outcomes.stream().filter(PublishOutcome.Made.class::isInstance).count());
        return outcomes;
    }

    /** The position of a topic. May wait. */
    public Position position(TopicName topic) {
        return broker.history(topic, null, 1).latest();
    }

    /** The time until then, by this hub's clock; zero if it has passed. */
    Duration until(Instant then) {
        Duration left = Duration.between(topics.clock().instant(), then);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Subscribes this node to a topic, so that {@link #subscribeAtOnce} can do without waiting. May wait. */
    public void prepare(TopicName topic) {
        topics.use(topic).release();
    }

    /**
     * Subscribes this node to several topics, and waits for all at once. If this fails for a topic, the next subscriber
     * meets the failure again.
     */
    void prepare(List<TopicName> several) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            several.forEach(topic -> threads.execute(() -> {
                try {
                    prepare(topic);
                } catch (BrokerUnavailableException | TooManyTopicsException e) {
                    // not this caller's concern
                }
            }));
        }
    }

    /**
     * Subscribes a session to publications from now on, on its own event loop. Does not wait. The caller must
     * {@link #unsubscribe} the session, in {@code onClose} at the latest.
     *
     * @return a position: the session is sent everything after it, and perhaps something before it. Null if the node
     *     has not subscribed; nothing has changed then
     */
    public @Nullable Position subscribeAtOnce(TopicName topic, MessageFormat format, Session session) {
        LiveTopic live = topics.get(topic);
        return live == null ? null : live.joinAtOnce(format, session);
    }

    /**
     * Subscribes a session to a topic. Further calls with the same format change nothing. May wait, and waits for a
     * session that comes back and reads slowly what it missed. The caller must {@link #unsubscribe} the session, in
     * {@code onClose} at the latest.
     *
     * @param from where the session left off, or how much of the past it wants
     * @param first is told where the subscription begins, before the session is sent anything of it; it must not wait,
     *     so it sends by {@link Session#sendUnpaced}
     */
    public void subscribe(
            TopicName topic,
            MessageFormat format,
            Session session,
            StartPoint from,
            Consumer<SubscriptionStart> first) {
        LiveTopic live = topics.use(topic);
        try {
            live.join(format, session, from, first);
        } finally {
            live.release();
        }
        topics.groups().awaitRoom(); // what was sent under the topic's lock was not waited for
    }

    /**
     * Subscribes a session to the topics that match a pattern with wildcards, from now on. The session is sent each
     * publication once, however many of its patterns match. May wait.
     *
     * @param first is called when the node is subscribed, before the session is sent anything of it
     * @throws TooManyPatternsException if the pattern is new to this node, and the node has as many as it may have
     */
    public void subscribe(TopicPattern pattern, MessageFormat format, Session session, Runnable first)
            throws TooManyPatternsException {
        patterns.add(pattern, format, session, first);
    }

    /** Ends a subscription to a topic or to a pattern. Does nothing if there is none. */
    public void unsubscribe(TopicPattern pattern, MessageFormat format, Session session) {
        if (pattern.hasWildcard()) {
            patterns.remove(pattern, format, session);
            return;
        }
        LiveTopic live = topics.get(pattern.topic());
        if (live != null) {
            live.leave(format, session);
        }
    }

    /** Whether this node is subscribed to a topic or pattern. If so, one more session costs next to nothing. */
    public boolean isLive(TopicPattern pattern) {
        return pattern.hasWildcard() ? patterns.contains(pattern) : topics.get(pattern.topic()) != null;
    }

    /**
     * Leaves topics and patterns without subscribers, and gives memory back. It is called every few seconds. May wait.
     */
    public void tidyUp() {
        tidyUp(System.nanoTime() - LINGER.toNanos());
    }

    /** @param before as {@link System#nanoTime}: what was used since then stays */
    void tidyUp(long before) {
        topics.tidyUp(before);
        patterns.forgetDeserted();
    }

    /** How many sessions of this node get a publication to the topic now. */
    public int subscribers(TopicName topic) {
        LiveTopic live = topics.get(topic);
        int byName = live == null ? 0 : live.subscriberGroups().size();
        return byName
                + patterns.matching(topic).stream()
                        .mapToInt(pattern -> pattern.subscriberGroups().size())
                        .sum();
    }

    /** How many topics this node is subscribed to now, also those without subscribers. */
    public int heldTopics() {
        return topics.size();
    }

    /** How many topics this node may be subscribed to. */
    public int mostTopics() {
        return topics.most();
    }

    /** How many topics have subscribers on this node now. */
    public int activeTopics() {
        return topics.active();
    }

    /** How many subscriptions there are on this node now, to all topics and patterns. */
    public long activeSubscriptions() {
        return patterns.size() + topics.subscriptions();
    }

    /** How many patterns with wildcards this node is subscribed to now, also those that it is about to leave. */
    public int activePatterns() {
        return patterns.count();
    }

    /** How many messages have been published through this node. */
    public long publications() {
        return publications.sum();
    }

    /** How many deliveries this node has made: a publication counts for each of its subscribers here. */
    public long deliveries() {
        return deliveries.sum();
    }

    /**
     * The topics that have subscribers on this node now, by name. The method looks at a bounded number of topics. So a
     * page may hold fewer than {@code limit} topics although there is a next page.
     *
     * @param after the name after which to begin, whether there is such a topic or not; null for the first page
     * @param limit how many topics at most, at least 1
     * @param wanted which topics to list
     */
    public TopicPage topics(@Nullable String after, int limit, Predicate<TopicName> wanted) {
        return topics.page(after, limit, wanted);
    }

    /** How much memory the encoded publications for sessions that come back take, in bytes. */
    public long replayCacheMemory() {
        return topics.replayCaches().bytes();
    }

    /** Takes what the broker tells this node. */
    private final class Listener implements Subscriber {
        @Override
        public void published(Publication publication) {
            LiveTopic live = topics.get(publication.topic());
            List<LivePattern> wildcards =
                    live == null ? patterns.matching(publication.topic()) : live.matching(patterns);
            if (live == null && wildcards.isEmpty()) {
                return; // the last subscriber has just gone
            }
            TopicPolicy policy = live == null ? rules.of(publication.topic()) : live.policy();
            EncodedPublication encoded = new EncodedPublication(publication, policy.slowConsumers());
            deliveries.add(live == null ? FanOut.send(encoded, wildcards) : live.publish(encoded, wildcards));
        }

        @Override
        public @Nullable Runnable heldBack() {
            return topics.groups().heldBack();
        }

        @Override
        public void resumed(TopicName topic, Position from, boolean complete) {
            LiveTopic live = topics.get(topic);
            if (live == null) {
                FanOut.tell(format -> format.resumed(topic, from, complete), null, patterns.matching(topic), true);
            } else {
                live.resumed(from, complete, live.matching(patterns));
            }
        }

        @Override
        public void joined(TopicName topic, Member member) {
            LiveTopic live = topics.get(topic);
            if (live != null) {
                live.joined(member);
            }
        }

        @Override
        public void left(TopicName topic, Member member) {
            LiveTopic live = topics.get(topic);
            if (live != null) {
                live.left(member);
            }
        }
    }
}
