package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The properties that the pages for operators name are there. Their commands are run by {@code guides.ShellCommandsTest}. */
class OperationsGuideTest {
    private static final List<Path> PAGES = List.of(
            Path.of("docs/operations.md"),
            Path.of("docs/runbook.md"),
            Path.of("docs/kubernetes.md"),
            Path.of("docs/image.md"),
            Path.of("docs/metrics.md"));
    private static final Pattern PROPERTY = Pattern.compile("pushwire\\.[a-z]+\\.[a-z-]+(?:\\.[a-z-]+)*");

    @Test
    void propertiesThatAreNamedExist() throws IOException {
        Set<String> known = new TreeSet<>(JsonPath.<List<String>>read(
                Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json")),
                "$.properties[*].name"));
        for (Path page : PAGES) {
            Matcher property = PROPERTY.matcher(Files.readString(page));
            while (property.find()) {
                assertThat(known).as(page + " names it").contains(property.group());
            }
        }
    }
}
