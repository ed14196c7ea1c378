package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractDoubleAssert;
import org.awaitility.Awaitility;

/** How far a meter has moved since the test began. It shows that an operator can see what happened. */
final class Moves {
    private final RunningService service;
    private final String name;
    private final String[] tags;
    private final double before;

    private Moves(RunningService service, String name, String... tags) {
        this.service = service;
        this.name = name;
        this.tags = tags;
        this.before = service.meter(name, tags);
    }

    static Moves of(RunningService service, String name, String... tags) {
        return new Moves(service, name, tags);
    }

    /** The connections that ended in this way. */
    static Moves ofEnding(RunningService service, String ending) {
        return of(service, "websocket.connections.closed", "ending", ending);
    }

    double by() {
        return service.meter(name, tags) - before;
    }

    void awaitBy(double expected) {
        await(by -> by.isEqualTo(expected));
    }

    void awaitByAtLeast(double expected) {
        await(by -> by.isGreaterThanOrEqualTo(expected));
    }

    private void await(Consumer<AbstractDoubleAssert<?>> expectation) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> expectation.accept(
                        assertThat(by()).as("%s %s since the test began", name, String.join(" ", tags))));
    }
}
