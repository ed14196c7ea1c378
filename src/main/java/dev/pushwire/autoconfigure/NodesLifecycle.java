package dev.pushwire.autoconfigure;

import dev.pushwire.redis.RedisClusterBus;
import org.springframework.context.SmartLifecycle;

/** Has this node say that it goes as long as it can: Spring stops the Redis client well before beans are destroyed. */
final class NodesLifecycle implements SmartLifecycle {
    /** Behind the end of all connections and requests, and before the Redis client's, which has none. */
    private static final int PHASE = 1;

    private final RedisClusterBus nodes;
    private volatile boolean running;

    NodesLifecycle(RedisClusterBus nodes) {
        this.nodes = nodes;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        nodes.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
