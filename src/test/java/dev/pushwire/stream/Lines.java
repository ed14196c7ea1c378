package dev.pushwire.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A process whose output is read as it comes. */
record Lines(Process process, Queue<String> queue) implements AutoCloseable {
    static Lines of(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Queue<String> queue = new ConcurrentLinkedQueue<>();
            Thread.ofVirtual().start(() -> read(process, queue));
            return new Lines(process, queue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Process process, Queue<String> queue) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            lines.lines().forEach(queue::add);
        } catch (IOException | UncheckedIOException e) {
            // the test is over
        }
    }

    List<String> all() {
        return List.copyOf(queue);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
