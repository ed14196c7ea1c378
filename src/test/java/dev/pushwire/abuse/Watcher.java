package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.transport.Pongs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A well-behaved client. It gets its own messages back all the time, and notes how long each takes. It has a platform
 * thread, since on a virtual one it would wait for the test's other clients, not for the service.
 */
final class Watcher {
    /** Bounds for a busy machine. They catch a loop or a service that stands still. */
    private static final Duration LONGEST_MEDIAN = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration PACE = Duration.ofMillis(5);

    private final RawClient client;
    private final List<Duration> latencies = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Throwable failure;

    private Watcher(RawClient client) {
        this.client = client;
        this.thread = Thread.ofPlatform().name("watcher").daemon().start(this::watch);
    }

    /** @param client a client of an endpoint that sends back what it gets; it belongs to the watcher from now on */
    static Watcher of(RawClient client) {
        return new Watcher(client);
    }

    static Watcher on(RunningService service, String path) {
        return of(RawClient.open(service, path));
    }

    /** A watcher on each event loop. They come first, and each goes to the loop with the fewest connections. */
    static List<Watcher> onEachLoopOf(RunningService service) {
        int loops = service.bean(EventLoopGroup.class).loops().size();
        return IntStream.range(0, loops).mapToObj(_ -> on(service, "/echo")).toList();
    }

    private void watch() {
        try (client) {
            do {
                long start = System.nanoTime();
                client.sendText("watching");
                assertThat(Pongs.next(client).text()).isEqualTo("watching");
                latencies.add(Duration.ofNanos(System.nanoTime() - start));
                LockSupport.parkNanos(PACE.toNanos());
            } while (!stopping);
        } catch (Throwable t) {
            failure = t;
        }
    }

    /** Leaves, and asserts that each message was fast enough. */
    void assertUndisturbed() throws InterruptedException {
        stopping = true;
        thread.join();
        assertThat(failure).as("what happened to another connection").isNull();
        Collections.sort(latencies);
        assertThat(latencies.get(latencies.size() / 2))
                .as("median of another's echoes")
                .isLessThan(LONGEST_MEDIAN);
        assertThat(latencies.getLast()).as("slowest of another's echoes").isLessThan(LONGEST);
    }
}
