package dev.pushwire.push;

import dev.pushwire.broker.FakeClock;
import dev.pushwire.broker.MemoryBroker;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.testing.RecordingGroups;
import dev.pushwire.testing.RecordingSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A hub over a broker in memory, with sessions in the raw format. Topics below {@code kept.} remember a hundred publications. */
public final class TestHub {
    public static final int HISTORY_SIZE = 100;

    /** The most topics at a time. */
    public static final int MOST_TOPICS = 50;

    static final int TAIL_MEMORY = 200_000;

    public static final TopicRules RULES = new TopicRules(List.of(
            new TopicPolicy(
                    new TopicPattern("kept.>"),
                    new Retention(HISTORY_SIZE, Duration.ofMinutes(1)),
                    PresencePolicy.EVENTS,
                    AccessRule.PUBLIC,
                    AccessRule.PUBLIC,
                    OverflowPolicy.CLOSE),
            new TopicPolicy(
                    new TopicPattern("closed.>"),
                    Retention.NONE,
                    PresencePolicy.NONE,
                    AccessRule.NONE,
                    AccessRule.NONE,
                    OverflowPolicy.CLOSE)));

    private final FakeClock clock = new FakeClock();
    private final MemoryBroker memory =
            new MemoryBroker(topic -> RULES.of(topic).retention(), Long.MAX_VALUE, MOST_TOPICS, clock);
    private final CountingBroker broker = new CountingBroker(memory);
    private final Hub hub;

    private final Presence presence = new Presence(broker, RULES);

    /** A hub without a limit to patterns. */
    public TestHub() {
        this(0);
    }

    public TestHub(int maxPatterns) {
        this(maxPatterns, new RecordingGroups());
    }

    /** A hub for sessions that are not {@link RecordingSession}s. */
    public TestHub(int maxPatterns, SessionGroup.Factory groups) {
        HubLimits limits = new HubLimits(MOST_TOPICS, maxPatterns, TAIL_MEMORY);
        hub = new Hub(broker, RULES, groups, limits, clock);
    }

    public Presence presence() {
        return presence;
    }

    public Hub hub() {
        return hub;
    }

    public CountingBroker broker() {
        return broker;
    }

    /** How many topics the broker keeps. */
    public int keptTopics() {
        return memory.topics();
    }

    FakeClock clock() {
        return clock;
    }

    /** Subscribes a session from now on. */
    public void subscribe(TopicName topic, RecordingSession session) {
        hub.subscribe(topic, RawFormat.INSTANCE, session, StartPoint.NOW, start -> {});
    }

    /** Subscribes a session from where it left off. Returns what it was told of its start. */
    SubscriptionStart recover(TopicName topic, RecordingSession session, Position since) {
        return begin(topic, session, StartPoint.of(since));
    }

    /** Returns what the session was told of its start. */
    SubscriptionStart begin(TopicName topic, RecordingSession session, StartPoint from) {
        List<SubscriptionStart> starts = new ArrayList<>();
        hub.subscribe(topic, RawFormat.INSTANCE, session, from, starts::add);
        return starts.getFirst();
    }

    public void unsubscribe(TopicName topic, RecordingSession session) {
        hub.unsubscribe(TopicPattern.exactly(topic), RawFormat.INSTANCE, session);
    }

    public Position publish(TopicName topic, String text) {
        return hub.publish(topic, Payload.text(text), PublishOptions.NONE).position();
    }
}
