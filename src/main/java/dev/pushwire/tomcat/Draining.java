package dev.pushwire.tomcat;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.Connections;
import dev.pushwire.connection.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says goodbye to every connection when the service stops. It accepts no more handshakes, and asks the clients to leave
 * one after the other over a while, since clients that leave together come back together. A client gets everything that
 * was sent before its Close.
 *
 * <p>This happens before the web server stops, which neither knows of the connections nor waits for them. Until the
 * last client has left, HTTP is served as ever, publications and health included. {@link #stop} blocks on purpose:
 * {@code spring.lifecycle.timeout-per-shutdown-phase} limits only the wait for work in the background.
 */
public final class Draining implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Draining.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ConnectionRegistry registry;
    private final EventLoopGroup loops;
    private final Connections connections;
    private final Duration window;
    private final Duration patience;
    private volatile boolean running;

    /**
     * @param window the time over which the goodbyes are spread; zero for all at once
     * @param patience how long the last connections may take to close then
     */
    public Draining(
            ConnectionRegistry registry,
            EventLoopGroup loops,
            Connections connections,
            Duration window,
            Duration patience) {
        this.registry = registry;
        this.loops = loops;
        this.connections = connections;
        this.window = window;
        this.patience = patience;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        registry.drain();
        long start = System.nanoTime();
        int before = registry.size();
        if (before > 0) {
            log.info("Closing {} WebSocket connections over {}", before, readable(window));
            try {
                sayGoodbyeAsFarAsThatGoes(start);
                loops.closeSessions(); // also those whose handshake was under way at the beginning
                awaitEmpty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (registry.size() > 0) {
                log.warn("{} WebSocket connections did not close within {}", registry.size(), readable(took));
            } else {
                log.info("All WebSocket connections were closed within {}", readable(took));
            }
        }
        loops.closeAll(); // also connections that carry sessions of other nodes
        running = false;
    }

    /** Says goodbye. A connection that a failed goodbye does not reach is closed with all others. */
    private void sayGoodbyeAsFarAsThatGoes(long start) throws InterruptedException {
        try {
            sayGoodbye(start);
        } catch (RuntimeException | Error e) {
            log.error("The goodbyes failed. All connections that are left are closed at once", e);
        }
    }

    /** Says goodbye, and ends early if all clients have left. */
    private void sayGoodbye(long start) throws InterruptedException {
        if (window.isZero()) {
            return;
        }
        List<Runnable> goodbyes = new ArrayList<>(connections.goodbyes());
        Collections.shuffle(goodbyes); // so that clients that came together do not leave together
        DrainSchedule pace = new DrainSchedule(goodbyes.size(), window, ThreadLocalRandom.current());
        for (int i = 0; i < goodbyes.size(); i++) {
            long due = start + pace.due(i);
            while (due - System.nanoTime() > 0) {
                if (registry.size() == 0) {
                    return;
                }
                Thread.sleep(shorter(Duration.ofNanos(due - System.nanoTime()), LOOK_AGAIN));
            }
            goodbyes.get(i).run();
        }
    }

    private void awaitEmpty() throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (registry.size() > 0 && deadline - System.nanoTime() > 0) {
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String readable(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopping is final. A context that is only paused keeps its connections, as its web server does. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    /** The last phase to start, and so the first to stop. The web server's graceful phase comes after it. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
