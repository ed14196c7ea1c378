package dev.pushwire.guides;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands and blocks of pages that {@link ShellCommandsTest} does not run, with the reason for each kind. */
final class Elsewhere {
    /** The reasons, by the beginning of the command. */
    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("./mvnw", "the build that runs the tests; PagesTest looks for the profiles and settings named"),
            Map.entry("java ", "needs the jar, which is made after the tests; PagesTest looks for the settings named"),
            Map.entry("cd app", "needs what java has extracted from the jar"),
            Map.entry("unzip ", "needs the jar"),
            Map.entry("helm ", "needs a cluster; RecipesTest and DocumentationTest render the chart"),
            Map.entry("kubectl ", "needs a cluster"),
            Map.entry("podman ", "needs a container runtime; ImageIT runs the image"),
            Map.entry("docker ", "needs a container runtime"),
            Map.entry("cosign ", "needs a registry with a signed image"),
            Map.entry(".ci/release", "needs a registry"),
            Map.entry("src/image/debian-base", "makes a file system of packages; ImageIT starts from one"),
            Map.entry("curl -so heap.hprof", "writes as much as the heap has"),
            Map.entry("curl -s localhost:8081/actuator/sbom", "the bill of materials is only in the jar; see ImageIT"),
            Map.entry("echo | openssl s_client", "needs a service with a certificate; see TlsTest"));

    /** The reasons for blocks without a command, by their beginning. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("back end ", "a picture"),
            Map.entry("POST ──►", "a picture"),
            Map.entry("user pushwire on ", "a line of Redis' configuration: RedisUser takes it from the page"),
            Map.entry("connections.close by key", "a line of the log: see AuditLogTest"),
            Map.entry("→ ", "lines of the protocol: see the tests of pushprotocol"),
            Map.entry(":", "lines of a stream: see the tests of stream"),
            Map.entry("id: ", "lines of a stream: see the tests of stream"));

    /** The test class for the blocks of each language. */
    private static final Map<String, String> LANGUAGES = Map.of(
            "java", "GuidesTest",
            "promql", "MetricNamesTest",
            "yaml", "PagesTest",
            "js", "PagesInNodeTest",
            "html", "PagesInNodeTest",
            "ts", "ClientGuideTest",
            "ini", "PagesTest",
            "xml", "PagesTest");

    private Elsewhere() {}

    /** The reason for a command. Variables before the command do not count. */
    static Optional<String> reason(String command) {
        return find(COMMANDS, command.replaceFirst("^([A-Z_]+=\\S+ +)+", ""));
    }

    /** How commands and blocks begin that are not run. */
    static Stream<String> beginnings() {
        return Stream.concat(COMMANDS.keySet().stream(), TEXTS.keySet().stream());
    }

    /** Names of the tests that the reasons of blocks refer to. */
    static Stream<String> tests() {
        return LANGUAGES.values().stream();
    }

    static boolean isText(Block block) {
        return find(TEXTS, block.lines().getFirst().strip()).isPresent();
    }

    static Optional<String> testOf(Block block) {
        boolean isScript =
                block.language().isEmpty() && block.lines().getFirst().startsWith("new ");
        return Optional.ofNullable(LANGUAGES.get(isScript ? "js" : block.language()));
    }

    private static Optional<String> find(Map<String, String> reasons, String line) {
        return reasons.entrySet().stream()
                .filter(each -> line.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
