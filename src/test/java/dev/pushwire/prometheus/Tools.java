package dev.pushwire.prometheus;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that some tests need. */
public final class Tools {
    private Tools() {}

    /**
     * The path of the program. Without it the test is skipped, or fails in CI, where everything should be installed.
     */
    public static String find(String program) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        String message = program + " is not installed. On Debian: apt-get install " + debianPackage(program);
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        return Assumptions.abort(message);
    }

    private static String debianPackage(String program) {
        return switch (program) {
            case "bwrap" -> "bubblewrap";
            case "promtool" -> "prometheus";
            default -> program;
        };
    }
}
