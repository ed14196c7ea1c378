package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The positions that this node's publishers were last told, by topic. If Redis comes back with less, publications are
 * lost, even if no client was subscribed. Bounded: the topics that were published to least recently are forgotten.
 * Thread-safe.
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

    synchronized void note(TopicName topic, PublishResult result) {
        latest.merge(topic, result.position(), (before, now) -> {
            boolean sameEpoch = before.epoch().equals(now.epoch());
            // A duplicate has the position of an earlier publication, which may be of an epoch long past.
            boolean older = sameEpoch ? before.offset() > now.offset() : result.duplicate();
            return older ? before : now;
        });
    }

    synchronized List<Map.Entry<TopicName, Position>> copy() {
        return latest.entrySet().stream()
                .<Map.Entry<TopicName, Position>>map(Map.Entry::copyOf)
                .toList();
    }

    /**
     * Replaces former positions by positions of this epoch, and forgets publications that are known to be lost.
     *
     * @param now in the same order; empty for a lost publication
     */
    synchronized void renew(List<Map.Entry<TopicName, Position>> former, List<Optional<Position>> now) {
        for (int i = 0; i < former.size(); i++) {
            TopicName topic = former.get(i).getKey();
            if (latest.remove(topic, former.get(i).getValue())) {
                now.get(i).ifPresent(position -> latest.put(topic, position));
            }
        }
    }
}
