package dev.pushwire.push;

import dev.pushwire.broker.Broker;
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
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of this node's sessions to topics, and what they are sent. The node subscribes with the {@link Broker} once for
 * all its sessions, and stays so for a little while after the last has gone.
 *
 * <p>Thread-safe. Methods that may wait for the broker say so: they are not for event loops, and throw
 * {@link dev.pushwire.broker.BrokerUnavailableException}. Those that may need one more topic throw
 * {@link dev.pushwire.broker.TooManyTopicsException}; of those that this node keeps without subscribers, the one that has been
 * so for longest is given up before.
 */
public final class Hub {
    /** Between two clients of a topic that come and go, the node need not leave it. */
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
     * @param limits how many topics there may be, and what is kept of them for sessions that come back
     * @param clock the one by which publications have their times
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

    /**
     * Publishes several, those to one topic in their order, as {@link Broker#publish(List)} does. May wait.
     *
     * @return what came of each, in the same order; what was not tried behind one that failed is not in the list
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

    /** Where a topic stands. May wait. */
    public Position position(TopicName topic) {
        return broker.history(topic, null, 1).latest();
    }

    /** How long it is until then, by the clock of this hub; nothing if that is over. */
    Duration until(Instant then) {
        Duration left = Duration.between(topics.clock().instant(), then);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Has this node subscribed to a topic, so that {@link #subscribeAtOnce} can do without waiting. May wait. */
    public void prepare(TopicName topic) {
        topics.use(topic).release();
    }

    /**
     * Subscribes a session, on its own event loop, to what is published from now on. Does not wait. A caller that subscribes a
     * session must {@link #unsubscribe} it, in {@code onClose} at the latest.
     *
     * @return a position behind which the session is sent all; it may be sent something before it, too. Null when the node has
     *     not subscribed, and nothing is done
     */
    public @Nullable Position subscribeAtOnce(TopicName topic, MessageFormat format, Session session) {
        LiveTopic live = topics.get(topic);
        return live == null ? null : live.joinAtOnce(format, session);
    }

    /**
     * Subscribes a session to a topic, once however often that is done in the same format. May wait, and does so for a
     * session that comes back and reads slowly what it missed. A caller that subscribes a session must {@link #unsubscribe} it, in
     * {@code onClose} at the latest.
     *
     * @param from where the session left off, or how much of the past it wants
     * @param first is told where the subscription begins, before the session is sent anything of it; must not wait, so it
     *     sends by {@link Session#sendUnpaced}
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
     * Subscribes a session to the topics that match a pattern with wildcards, from now on. It is sent each publication once,
     * however many of its patterns match. May wait.
     *
     * @param first called when all is well, before the session is sent anything of it
     * @throws TooManyPatternsException when the pattern is new to this node, and it has as many as it may
     */
    public void subscribe(TopicPattern pattern, MessageFormat format, Session session, Runnable first)
            throws TooManyPatternsException {
        patterns.add(pattern, format, session, first);
    }

    /** Ends a subscription to a topic or to a pattern; does nothing when there is none. */
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

    /** Whether this node is subscribed to a topic or pattern, so that one more session costs next to nothing. */
    public boolean isLive(TopicPattern pattern) {
        return pattern.hasWildcard() ? patterns.contains(pattern) : topics.get(pattern.topic()) != null;
    }

    /** Leaves topics and patterns without subscribers, and gives memory back; to be called every few seconds. May wait. */
    public void tidyUp() {
        tidyUp(System.nanoTime() - LINGER.toNanos());
    }

    /** @param before as {@link System#nanoTime}: what was used since then stays */
    void tidyUp(long before) {
        topics.tidyUp(before);
        patterns.forgetDeserted();
    }

    /** How many sessions of this node get what is published to a topic now. */
    public int subscribers(TopicName topic) {
        LiveTopic live = topics.get(topic);
        int byName = live == null ? 0 : live.subscriberGroups().size();
        return byName
                + patterns.matching(topic).stream()
                        .mapToInt(pattern -> pattern.subscriberGroups().size())
                        .sum();
    }

    /** How many topics this node is subscribed to now, those without subscribers of its own among them. */
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

    /** How many patterns with wildcards this node is subscribed to now, with those that it is about to leave. */
    public int activePatterns() {
        return patterns.count();
    }

    /** How many messages have been published through this node. */
    public long publications() {
        return publications.sum();
    }

    /** How many subscribers of this node publications were handed to, added up. */
    public long deliveries() {
        return deliveries.sum();
    }

    /**
     * Topics that have subscribers on this node now, by name. Looks at so many and no more, so there may be fewer than asked
     * for, and yet a next page.
     *
     * @param after the name behind which to begin, whether there is such a topic or not; null for the first
     * @param limit most topics, at least 1
     * @param wanted which of them
     */
    public TopicPage topics(@Nullable String after, int limit, Predicate<TopicName> wanted) {
        return topics.page(after, limit, wanted);
    }

    /** What is kept encoded for sessions that come back, in bytes. */
    public long replayCacheMemory() {
        return topics.replayCaches().bytes();
    }

    /** What the broker tells this node. */
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
            if (live != null) {
                live.resumed(from, complete);
            }
            patterns.matching(topic)
                    .forEach(pattern ->
                            pattern.subscriberGroups().tell(format -> format.resumed(topic, from, complete), true));
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
