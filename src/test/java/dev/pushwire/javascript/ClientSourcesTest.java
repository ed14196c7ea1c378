package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client's sources: their own tests, their types and their style. */
class ClientSourcesTest {
    private static final Pattern PASSED = Pattern.compile("^# pass (\\d+)$", Pattern.MULTILINE);

    @BeforeAll
    static void toolsAreInstalled() {
        NodeJs.requireTools();
    }

    @Test
    void passTheirOwnTests() throws Exception {
        String output = NodeJs.run("--test", "--test-reporter=tap", "test/*.test.ts");
        assertThat(PASSED.matcher(output).results())
                .singleElement()
                .satisfies((MatchResult result) ->
                        assertThat(Integer.parseInt(result.group(1))).isGreaterThan(100));
    }

    @Test
    void haveTypesThatFit() throws Exception {
        NodeJs.run("node_modules/typescript/bin/tsc");
    }

    @Test
    void areWrittenAsTheFormatterAndTheLinterWant() throws Exception {
        NodeJs.run("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings");
    }

    /** A file that nears 350 lines is about to be two. */
    @Test
    void areSmall() throws IOException {
        try (Stream<Path> files = Files.list(NodeJs.SOURCES.resolve("main"))) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines).as(file.toString()).hasSizeLessThan(250);
            });
        }
    }
}
