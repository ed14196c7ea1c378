package dev.pushwire.metrics;

import dev.pushwire.connection.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if an event loop has been at one pass for too long, which holds up every connection of that loop. It is for
 * liveness, since the loop will hardly come back by itself. The log shows what a stuck loop is doing, once each time.
 */
public final class EventLoopsHealthIndicator implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(EventLoopsHealthIndicator.class);

    private final List<EventLoop> loops;
    private final Duration patience;
    private final Set<Integer> reported = ConcurrentHashMap.newKeySet();

    /** @param patience how long a pass may take; more than the second that an idle loop waits */
    public EventLoopsHealthIndicator(List<EventLoop> loops, Duration patience) {
        this.loops = loops;
        this.patience = patience;
    }

    @Override
    public Health health() {
        long now = System.nanoTime();
        Map<String, String> stuck = new LinkedHashMap<>();
        List<EventLoop> turning = new ArrayList<>();
        for (EventLoop loop : loops) {
            Duration since = Duration.ofNanos(loop.statistics().sinceTurn(now));
            if (since.compareTo(patience) > 0) {
                stuck.put(loop.name(), "at one pass for " + since.toMillis() / 1000.0 + " s");
                report(loop, since);
            } else {
                turning.add(loop);
                reported.remove(loop.index());
            }
        }
        Health.Builder health = stuck.isEmpty() ? Health.up() : Health.down().withDetail("stuck", stuck);
        return health.withDetail("loops", loops.size())
                .withDetail("turning", turning.size())
                .build();
    }

    private void report(EventLoop loop, Duration since) {
        if (reported.add(loop.index())) {
            String where =
                    loop.stackTrace().stream().map(frame -> "\n\tat " + frame).collect(Collectors.joining());
            log.error(
                    "{} has been at one pass for {} ms, and its connections wait; it is{}",
                    loop.name(),
                    since.toMillis(),
                    where);
        }
    }
}
