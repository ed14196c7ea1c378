package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this node's publishers were last told, by topic: if Redis comes back with less, something is lost, even where nobody
 * was subscribed. Bounded: of more topics, those published to least recently are forgotten. Thread-safe.
 */
final class Acknowledged {
    private static final int MOST = 10_000;

    private final Map<TopicName, Position> latest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TopicName, Position> eldest) {
            return size() > MOST;
        }
    };

    synchronized void note(TopicName topic, Position position) {
        latest.merge(
                topic,
                position,
                (before, now) -> before.epoch().equals(now.epoch()) && before.offset() > now.offset() ? before : now);
    }

    synchronized Map<TopicName, Position> copy() {
        return Map.copyOf(latest);
    }
}
