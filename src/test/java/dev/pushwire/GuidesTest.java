package dev.pushwire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guides show the very code of the applications in {@code src/it}, which the build compiles, starts and tests. */
class GuidesTest {
    private static final Path APPLICATIONS = Path.of("src/it");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** @param count of the pieces of Java that the guide shows, each a file or a part of one */
    @ParameterizedTest
    @CsvSource({"README.md, 1", "docs/endpoints.md, 1", "docs/library.md, 10", "docs/socketio.md, 2"})
    void showCodeThatIsTested(Path guide, int count) throws IOException {
        List<String> sources = sources();
        List<String> shown = JAVA.matcher(Files.readString(guide))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(shown)
                .hasSize(count)
                .allSatisfy(code -> assertThat(sources).anyMatch(source -> source.contains(code)));
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(APPLICATIONS)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }
}
