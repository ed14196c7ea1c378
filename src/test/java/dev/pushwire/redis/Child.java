package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A process of a test, and the ways in which it can end or hang.
 *
 * @param name for the message when it does not end
 */
record Child(String name, Process process) {
    /** SIGTERM: it does what it has to do before it ends. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGSTOP: its connections stay, and it does nothing. The kernel tells one thread, and on a busy machine others go on meanwhile. */
    void pause() {
        signal("STOP");
        await().atMost(Duration.ofSeconds(30)).until(this::hasStopped);
    }

    private boolean hasStopped() throws IOException {
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        return !Files.exists(state) || Files.readString(state).contains(") T "); // there are systems without it
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
