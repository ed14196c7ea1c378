package dev.pushwire.autoconfigure;

import dev.pushwire.pulse.Pulse;
import dev.pushwire.pulse.Pulsing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs tasks again and again. Each task has a thread of its own, so that one that waits holds up no other. */
final class PeriodicTasks implements Pulsing, AutoCloseable {
    /**
     * The pause between two looks at a file with secrets. A look reads and compares a few bytes, on any file system and
     * behind any link.
     */
    static final Duration REREAD = Duration.ofSeconds(5);

    private final List<Pulse> pulses = new CopyOnWriteArrayList<>();

    /** Runs a task with this pause between the end of one run and the beginning of the next. A failure ends one run. */
    void every(Duration pause, Runnable task) {
        pulses.add(Pulse.every(pause, "pushwire-housekeeping-" + (pulses.size() + 1), task::run));
    }

    @Override
    public List<Pulse> pulses() {
        return pulses;
    }

    @Override
    public void close() {
        pulses.forEach(Pulse::close);
    }
}
