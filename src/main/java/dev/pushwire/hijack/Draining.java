package dev.pushwire.hijack;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EventLoopGroup;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says goodbye to every connection when the service stops, before the web server does anything: it neither knows of them
 * nor waits for them.
 */
public final class Draining implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Draining.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ConnectionRegistry registry;
    private final EventLoopGroup loops;
    private final Duration patience;
    private volatile boolean running;

    /** @param patience how long the connections together may take to close */
    public Draining(ConnectionRegistry registry, EventLoopGroup loops, Duration patience) {
        this.registry = registry;
        this.loops = loops;
        this.patience = patience;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        registry.drain();
        log.info("Closing {} WebSocket connections", registry.size());
        loops.closeAll();
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (registry.size() > 0 && System.nanoTime() - deadline < 0) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (registry.size() > 0) {
            log.warn("{} WebSocket connections did not close within {}", registry.size(), patience);
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop; the web server's graceful phase comes behind it. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
