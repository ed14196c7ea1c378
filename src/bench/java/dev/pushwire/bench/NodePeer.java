package dev.pushwire.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prepares the Node.js servers. npm installs their packages into a copy outside the sources. */
final class NodePeer {
    private static final Pattern WS = Pattern.compile("\"ws\": \"([^\"]+)\"");

    private NodePeer() {}

    /** Fetches what it can, and returns whether Node.js and the package are there. */
    static boolean prepare(Options options) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(options.directory().resolve("node"));
        for (String file : List.of("package.json", "package-lock.json", "server.js", "socketio.js")) {
            Files.copy(options.node().resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return succeeds(directory, "node", "--version")
                && (Files.exists(directory.resolve("node_modules/.package-lock.json"))
                        || succeeds(directory, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    }

    static String version(Options options) throws IOException {
        Matcher ws = WS.matcher(Files.readString(options.node().resolve("package.json")));
        return (ws.find() ? ws.group(1) : "unknown") + " on node "
                + firstLine("node", "--version").substring(1);
    }

    private static String firstLine(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static boolean succeeds(Path directory, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("npm.log").toFile())
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }
}
