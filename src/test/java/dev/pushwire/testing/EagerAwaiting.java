package dev.pushwire.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has Awaitility look early, and then less and less often, where a test does not say how often. Most of what tests wait for takes
 * milliseconds. JUnit finds this by itself, for all tests.
 */
public final class EagerAwaiting implements BeforeAllCallback {
    private static final Duration FIRST = Duration.ofMillis(5);

    /** Awaitility's own interval, which is also what it waits before it looks for the first time. */
    private static final Duration LONGEST = Duration.ofMillis(100);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollDelay(FIRST);
        Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(EagerAwaiting::twice, FIRST));
    }

    private static Duration twice(Duration interval) {
        Duration next = interval.multipliedBy(2);
        return next.compareTo(LONGEST) < 0 ? next : LONGEST;
    }
}
