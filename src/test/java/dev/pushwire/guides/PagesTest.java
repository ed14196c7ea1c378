package dev.pushwire.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.pushwire.guides.ShellBlock.Command;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** What the pages name in blocks that are not run is there: files, settings, profiles, tests. */
class PagesTest {
    private static final List<Block> BLOCKS = Block.ofAllPages();
    private static final Pattern FILE = Pattern.compile("(?<![\\w/.])(?:helm|src|\\.ci)/[\\w./-]+");
    private static final Pattern SETTING = Pattern.compile(" --([a-z]+(?:\\.[a-z-]+)+)=");
    private static final Pattern PROFILE = Pattern.compile(" -P(\\w+)");
    private static final Pattern OF_OUR_BUILD = Pattern.compile(" -D((?:bench|soak)\\.\\w+)");
    private static final Pattern TEST = Pattern.compile("-D(?:it\\.)?test=(\\w+(?:Test|IT))\\b");

    /** Names with the entries of a map or list behind them, which the application names. */
    private static final Set<String> OPEN = new TreeSet<>();

    private static final Set<String> NAMES = new TreeSet<>();

    @BeforeAll
    static void readMetadata() throws IOException {
        List<String> all = new ArrayList<>(
                List.of(Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"))));
        for (URL each : Collections.list(
                PagesTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream content = each.openStream()) {
                all.add(new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        for (String metadata : all) {
            NAMES.addAll(JsonPath.<List<String>>read(metadata, "$.properties[*].name"));
            OPEN.addAll(
                    JsonPath.<List<String>>read(metadata, "$.properties[?(@.type =~ /java.util.(Map|List).*/)].name"));
        }
    }

    static Stream<Command> commands() {
        return BLOCKS.stream().filter(ShellBlock::is).flatMap(ShellBlock::commands);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandsNameWhatIsThere(Command command) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(found(FILE, 0, command.text()))
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
        assertThat(found(SETTING, 1, command.text())).allSatisfy(PagesTest::assertSetting);
        assertThat(found(PROFILE, 1, command.text()))
                .allSatisfy(profile -> assertThat(pom).contains("<id>" + profile + "</id>"));
        assertThat(found(OF_OUR_BUILD, 1, command.text()))
                .allSatisfy(property -> assertThat(pom).contains(property));
        assertThat(found(TEST, 1, command.text())).allSatisfy(PagesTest::assertTest);
    }

    static Stream<Block> yaml() {
        return BLOCKS.stream()
                .filter(block -> block.language().equals("yaml"))
                .filter(block -> !block.page().endsWith("kubernetes.md")); // values of the chart: see DocumentationTest
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void settingsAreKnown(Block block) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
        assertThat(yaml.getObject().stringPropertyNames()).isNotEmpty().allSatisfy(PagesTest::assertSetting);
    }

    @Test
    void theJvmKnowsTheOptionsOfTheUnit() throws IOException, InterruptedException {
        Block unit = BLOCKS.stream()
                .filter(block -> block.language().equals("ini"))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(found(Pattern.compile(" (-XX:\\S+)"), 1, unit.text()));
        assertThat(command).hasSizeGreaterThan(2);
        command.add("-version");
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String says = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(says).isZero();
    }

    @Test
    void theDependencyIsThisProject() throws IOException {
        Block dependency = BLOCKS.stream()
                .filter(block -> block.language().equals("xml"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains(dependency.lines().stream()
                        .filter(line -> !line.contains("dependency>"))
                        .toList());
    }

    @Test
    void eachReasonIsNeeded() {
        List<String> all = Stream.concat(
                        commands().map(Command::text),
                        BLOCKS.stream().map(block -> block.lines().getFirst().strip()))
                .toList();
        assertThat(Elsewhere.beginnings())
                .allSatisfy(beginning -> assertThat(all).anyMatch(text -> text.startsWith(beginning)));
        assertThat(Elsewhere.tests()).allSatisfy(PagesTest::assertTest);
    }

    private static void assertSetting(String name) {
        assertThat(NAMES.contains(name)
                        || OPEN.stream().anyMatch(map -> name.startsWith(map + ".") || name.startsWith(map + "[")))
                .as("there is a setting %s", name)
                .isTrue();
    }

    private static void assertTest(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files).anyMatch(file -> file.endsWith(name + ".java"));
        }
    }

    private static List<String> found(Pattern pattern, int group, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(group))
                .toList();
    }
}
