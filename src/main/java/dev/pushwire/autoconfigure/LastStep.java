package dev.pushwire.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * A step that runs when the service stops: after the end of all connections and requests, and before the Redis client
 * stops. That client has no phase, and Spring stops it well before beans are destroyed.
 */
final class LastStep implements SmartLifecycle {
    private final int phase;
    private final Runnable step;
    private volatile boolean running;

    /** @param phase above 0; the step with the highest phase runs first */
    LastStep(int phase, Runnable step) {
        this.phase = phase;
        this.step = step;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        step.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
