package dev.pushwire.push;

import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Paces a subscriber that comes back: it reads what it missed at its own speed, and its outbox does not fill at once.
 * The throttle waits, so it is for virtual threads.
 */
public final class CatchUpThrottle {
    /**
     * How much may wait for the subscriber while more is added, in bytes. It keeps the connection busy between two
     * looks.
     */
    static final int COMFORTABLE = 128 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SHORTEST_LOOK = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_LOOK = Duration.ofMillis(50).toNanos();

    private CatchUpThrottle() {}

    /**
     * Waits until the subscriber has taken most of what it was sent. A subscriber that takes nothing at all for half a
     * minute is closed with 1013.
     *
     * @return whether the subscriber is still connected
     */
    public static boolean await(Session session) {
        long backlog = session.backlog();
        long movedAt = System.nanoTime();
        long look = SHORTEST_LOOK;
        while (backlog > COMFORTABLE && session.isOpen()) {
            LockSupport.parkNanos(look);
            look = Math.min(2 * look, LONGEST_LOOK);
            long now = session.backlog();
            if (now < backlog) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
                session.close(new CloseStatus(CloseCode.TRY_AGAIN_LATER, "reads too slowly; retry in 1 s"));
                return false;
            }
            backlog = now;
        }
        return session.isOpen();
    }
}
