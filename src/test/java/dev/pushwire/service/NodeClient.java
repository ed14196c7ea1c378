package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client from npm, in a Node.js process of its own. The scripts in {@code src/test/node} read one command a line from
 * their standard input and write one event a line to their standard output; what is text in either is in base64.
 */
final class NodeClient implements ForeignClient {
    private static final Path SCRIPTS = Path.of("src/test/node");

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final String subprotocol;

    private NodeClient(Process process) {
        this.process = process;
        this.commands = process.outputWriter(UTF_8);
        Thread.startVirtualThread(() -> readEvents(process.inputReader(UTF_8)));
        String first = next();
        assertThat(first).as("what the script says first").startsWith("open ");
        this.subprotocol = first.substring("open ".length());
    }

    /** Skips the test where there is no Node.js, or the packages are not installed; fails instead where CI runs. */
    static void requireInstalled(String library) {
        boolean there = Files.isDirectory(SCRIPTS.resolve("node_modules").resolve(library));
        String message = "npm's " + library + " is not tested: run npm ci --ignore-scripts in " + SCRIPTS;
        Requirements.require(there && Requirements.onPath("node"), message);
    }

    static NodeClient connect(String library, RunningService service, String path, String subprotocol) {
        ProcessBuilder builder = new ProcessBuilder(
                "node",
                SCRIPTS.resolve(library + "-client.mjs").toString(),
                service.ws(path).toString(),
                subprotocol);
        try {
            return new NodeClient(
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readEvents(BufferedReader lines) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(decoded(line));
            }
        } catch (IOException e) {
            events.add("error " + e);
        }
    }

    /** The last word is in base64, except that of binary data, which is in hexadecimal. */
    private static String decoded(String line) {
        int last = line.lastIndexOf(' ') + 1;
        if (line.startsWith("binary ")) {
            return line;
        }
        return line.substring(0, last) + new String(Base64.getDecoder().decode(line.substring(last)), UTF_8);
    }

    private void command(String name, String... arguments) {
        StringBuilder line = new StringBuilder(name);
        for (String argument : arguments) {
            line.append(' ').append(Base64.getEncoder().encodeToString(argument.getBytes(UTF_8)));
        }
        writeLine(line.toString());
    }

    private void writeLine(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String subprotocol() {
        return subprotocol;
    }

    @Override
    public void sendText(String text) {
        command("text", text);
    }

    @Override
    public void sendBinary(byte[] data) {
        writeLine("binary " + Base64.getEncoder().encodeToString(data));
    }

    @Override
    public void sendFragments(String first, String second) {
        command("fragments", first, second);
    }

    @Override
    public void ping(String payload) {
        command("ping", payload);
    }

    @Override
    public void sendClose(int code, String reason) {
        command("close", Integer.toString(code), reason);
    }

    @Override
    public String next() {
        return Events.next(events);
    }

    /** The script ends with its standard input. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
