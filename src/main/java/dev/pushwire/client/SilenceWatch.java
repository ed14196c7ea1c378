package dev.pushwire.client;

import java.time.Duration;

/** Gives up connections over which nothing arrives: they may be dead without an end. Thread-safe. */
final class SilenceWatch {
    /** After this much silence the client sends a ping. After as much silence again it gives the connection up. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final Timers timers;
    private final Runnable ping;

    /** @param ping sends a command that the service answers */
    SilenceWatch(Timers timers, Runnable ping) {
        this.timers = timers;
        this.ping = ping;
    }

    /** Watches a connection from its beginning to its end. */
    void begin(Socket socket) {
        look(socket, false);
    }

    private void look(Socket socket, boolean asked) {
        timers.after(SILENCE, () -> {
            if (socket.isOver()) {
                return;
            }
            boolean silent = System.nanoTime() - socket.heardAt() >= SILENCE.toNanos();
            if (silent && asked) {
                socket.abort();
                return;
            }
            if (silent) {
                ping.run();
            }
            look(socket, silent);
        });
    }
}
