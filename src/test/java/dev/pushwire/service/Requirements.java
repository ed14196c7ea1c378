package dev.pushwire.service;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The programs that a test needs on its machine. */
public final class Requirements {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private Requirements() {}

    /** Skips the test with this message if something is missing. In continuous integration it fails instead. */
    public static void require(boolean there, String message) {
        if (!there && "true".equals(System.getenv("CI"))) {
            Assertions.fail(message);
        }
        Assumptions.assumeTrue(there, message);
    }

    public static boolean onPath(String program) {
        return path().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Finds a program, also in directories that are not in every user's PATH, such as those of servers. */
    public static Optional<Path> program(String name) {
        return Stream.concat(path(), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<String> path() {
        return SEPARATOR.splitAsStream(System.getenv().getOrDefault("PATH", ""));
    }
}
