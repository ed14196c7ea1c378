package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A script of {@code src/test/node} in a process of its own, which it ends at the latest with its input. */
final class NodeScript implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("src/test/node");

    private final Process process;
    private final BufferedReader output;

    private NodeScript(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
    }

    static NodeScript start(String script, Object... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("node", SCRIPTS.resolve(script).toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new NodeScript(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line that it prints; fails when there is none. */
    String line() throws IOException {
        String line = output.readLine();
        assertThat(line).as("a line of the script").isNotNull();
        return line;
    }

    /** All that it prints until it ends. */
    List<String> lines() {
        return output.lines().toList();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
