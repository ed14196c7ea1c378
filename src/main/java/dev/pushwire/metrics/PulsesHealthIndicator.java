package dev.pushwire.metrics;

import dev.pushwire.pulse.Pulse;
import dev.pushwire.pulse.Pulsing;
import java.time.Duration;
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
 * Down if a pulse has ended, or has been at one run for so long that it will hardly come back by itself: heartbeats,
 * links and housekeeping. It is for liveness. The log shows what a stuck pulse is doing, once each time.
 */
public final class PulsesHealthIndicator implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(PulsesHealthIndicator.class);

    private final List<Pulsing> pulsing;
    private final Duration patience;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** @param patience how long a run may take without a sign of life; more than any pause between two runs */
    public PulsesHealthIndicator(List<Pulsing> pulsing, Duration patience) {
        this.pulsing = pulsing;
        this.patience = patience;
    }

    @Override
    public Health health() {
        List<Pulse> pulses =
                pulsing.stream().flatMap(each -> each.pulses().stream()).toList();
        Map<String, String> stuck = new LinkedHashMap<>();
        for (Pulse pulse : pulses) {
            Duration since = pulse.sinceTurn();
            if (pulse.hasDied()) {
                stuck.put(pulse.name(), "ended");
            } else if (since.compareTo(patience) > 0) {
                stuck.put(pulse.name(), "at one run for " + since.toMillis() / 1000.0 + " s");
                report(pulse, since);
            } else {
                reported.remove(pulse.name());
            }
        }
        Health.Builder health = stuck.isEmpty() ? Health.up() : Health.down().withDetail("stuck", stuck);
        return health.withDetail("pulses", pulses.size())
                .withDetail("turning", pulses.size() - stuck.size())
                .build();
    }

    private void report(Pulse pulse, Duration since) {
        if (reported.add(pulse.name())) {
            String where =
                    pulse.stackTrace().stream().map(frame -> "\n\tat " + frame).collect(Collectors.joining());
            log.error("{} has been at one run for {} ms; it is{}", pulse.name(), since.toMillis(), where);
        }
    }
}
