package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.pulse.Pulse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps up {@link RedisConnections}: checks them every second, and makes new ones when they are lost. Thread-safe. */
final class RedisLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Is told of messages and connections. All calls but those for messages come on the link's own thread. */
    interface Listener {
        /**
         * Takes a message; must not wait.
         *
         * @return false if too many wait, and the connections must be given up
         */
        boolean received(String channel, byte[] message);

        /** New connections are there. Others can use them when this has returned. If it throws, they are given up. */
        void connected(RedisConnections connections);
    }

    private final String purpose;
    private final PrimaryConnector primaries;
    private final Duration timeout;
    private final Listener listener;
    private final Refusals refusals = new Refusals();
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private final Pulse pulse;
    private Duration pause = Duration.ZERO; // the pulse's own
    private final AtomicLong connects = new AtomicLong();
    private volatile @Nullable RedisConnections connections;

    /** @param purpose the purpose of the connections, in a word, for threads and the log */
    RedisLink(String purpose, PrimaryConnector primaries, Duration timeout, Listener listener) {
        this.purpose = purpose;
        this.primaries = primaries;
        this.timeout = timeout;
        this.listener = listener;
        this.pulse = new Pulse(() -> pause, "pushwire-redis-" + purpose, this::connect);
    }

    Pulse pulse() {
        return pulse;
    }

    /** Begins, and waits for the first attempt to connect, so that what starts later finds Redis if it is there. */
    void start() {
        pulse.start();
        try {
            boolean _ = firstTry.await(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws BrokerUnavailableException if there are none */
    RedisConnections connections() {
        RedisConnections now = connections;
        if (now == null) {
            throw down();
        }
        return now;
    }

    /** The failure of a call that finds no connections. */
    static BrokerUnavailableException down() {
        return new BrokerUnavailableException("There is no connection to Redis", new IOException("not connected"));
    }

    /** The connections; null if there are none. */
    @Nullable
    RedisConnections connectionsIfUp() {
        return connections;
    }

    /** How often new connections were made after a loss. */
    long reconnects() {
        return Math.max(0, connects.get() - 1);
    }

    /** How often Redis has refused a command because it had no memory left. */
    long refused() {
        return refusals.count();
    }

    /** Connects, and returns when the connections are lost. */
    private void connect() throws InterruptedException {
        pause = longer(pause);
        try (RedisConnections fresh = new RedisConnections(primaries, timeout, refusals, listener::received)) {
            listener.connected(fresh);
            connections = fresh;
            connects.incrementAndGet();
            log.info("Connected to Redis for {}: {}", purpose, fresh);
            firstTry.countDown();
            pause = SHORTEST_PAUSE;
            while (!fresh.awaitLoss(LOOK) && fresh.answers()) {
                pulse.turned();
            }
            log.warn("Lost a connection to Redis for {}: {}", purpose, fresh);
        } catch (RuntimeException e) {
            log.warn("Redis cannot be reached for {}: {}", purpose, e.toString());
            log.debug("In full", e);
        } finally {
            connections = null;
            firstTry.countDown();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        if (twice.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    @Override
    public void close() {
        pulse.close();
        try {
            pulse.awaitEnd(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        primaries.close();
    }
}
