package dev.pushwire.metrics;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.connection.Limits;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.unit.DataSize;

/** Logs at start-up which limits apply, and warns if those of the machine are narrower. */
public final class LimitsReport implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger log = LoggerFactory.getLogger(LimitsReport.class);

    private final EventLoopGroup loops;
    private final ConnectionRegistry registry;
    private final Limits limits;
    private final Duration drainWindow;

    public LimitsReport(EventLoopGroup loops, ConnectionRegistry registry, Limits limits, Duration drainWindow) {
        this.loops = loops;
        this.registry = registry;
        this.limits = limits;
        this.drainWindow = drainWindow;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        log.info("Ready for WebSockets: {}", describe());
        long descriptors = Descriptors.limit();
        if (descriptors < Descriptors.neededFor(registry.maxConnections())) {
            log.warn(
                    "This process may open {} files and sockets, too few for {} connections: raise the limit (ulimit -n) or"
                            + " lower pushwire.websocket.max-connections",
                    descriptors,
                    registry.maxConnections());
        }
    }

    String describe() {
        return "at most %d connections on %d event %s, messages up to %s in %d fragments, outboxes up to %s, %s, %s, %s, drain window %s"
                .formatted(
                        registry.maxConnections(),
                        loops.loops().size(),
                        loops.loops().size() == 1 ? "loop" : "loops",
                        readable(limits.messages().maxMessageSize()),
                        limits.messages().maxFragments(),
                        readable(limits.outbox()),
                        limits.pingInterval().isZero()
                                ? "no pings"
                                : "a ping every " + readable(limits.pingInterval()) + " to be answered within "
                                        + readable(limits.pongTimeout()),
                        limits.idleTimeout().isZero()
                                ? "any idle time"
                                : "idle timeout " + readable(limits.idleTimeout()),
                        limits.maxLifetime().isZero()
                                ? "any lifetime"
                                : "closed after " + readable(limits.maxLifetime()),
                        readable(drainWindow));
    }

    private static String readable(int bytes) {
        DataSize size = DataSize.ofBytes(bytes);
        if (size.toMegabytes() > 0 && bytes % (1024 * 1024) == 0) {
            return size.toMegabytes() + "MB";
        }
        return bytes % 1024 == 0 && bytes > 0 ? size.toKilobytes() + "KB" : bytes + "B";
    }

    private static String readable(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
