package dev.pushwire.tomcat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the origins of pages that may not connect, and what to set if they should: a browser does not tell its page. It
 * logs once a minute at most, since every visitor of another site's page may be refused. Thread-safe.
 */
final class OriginLog {
    private static final Logger log = LoggerFactory.getLogger(OriginLog.class);

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    /**
     * The most characters of an origin that are logged. An origin is little more than a host, but the header may be
     * much longer.
     */
    private static final int LONGEST = 300;

    private final LongSupplier clock;
    private final AtomicLong next;

    /** @param clock as {@link System#nanoTime} */
    OriginLog(LongSupplier clock) {
        this.clock = clock;
        this.next = new AtomicLong(clock.getAsLong());
    }

    void refused(String origin, String path) {
        long now = clock.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
            log.warn(
                    "Refused a WebSocket to {} from a page of {}. If its pages may connect, add it to"
                            + " pushwire.websocket.allowed-origins. Further ones are not logged for a minute",
                    path,
                    origin.substring(0, Math.min(origin.length(), LONGEST)));
        }
    }
}
