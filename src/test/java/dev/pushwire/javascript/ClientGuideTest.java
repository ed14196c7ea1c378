package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.Requirements;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/client.md} says what the client does: its code fits the client's types, and its tables the client's sources. */
class ClientGuideTest {
    private static final Pattern CODE = Pattern.compile("```(js|ts)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PRESET = Pattern.compile("^ {2}(\\w+): ([\\d_]+),$", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("^\\| `(\\w+)` \\| `(\\d+)` \\|", Pattern.MULTILINE);
    private static final Pattern CODES = Pattern.compile("^ {2}\\| \"(\\w+)\"$", Pattern.MULTILINE);
    private static final Pattern CONSEQUENCE = Pattern.compile("^ {2}(\\d{4}): ", Pattern.MULTILINE);

    /** The declarations that the guide's code relies on. */
    private static final String GIVEN = """
            declare module "react" {
              export function useEffect(effect: () => () => void, on: unknown[]): void
              export function useState(): [unknown, (value: unknown) => void]
            }
            declare module "vue" {
              export function onScopeDispose(end: () => void): void
              export function shallowRef(): { value: unknown }
            }
            declare module "svelte/store" {
              export function readable(first: unknown, start: (set: (value: unknown) => void) => () => void): unknown
            }
            declare var connect: typeof import("@pushwire/client").connect
            declare var push: import("@pushwire/client").PushwireClient
            declare var banner: HTMLElement
            declare function render(data: unknown, position: string): void
            declare function reload(): void
            declare function show(data: unknown): void
            """;

    private static final String CONFIGURATION = """
            {"compilerOptions": {"module": "NodeNext", "target": "ES2022", "lib": ["ES2022", "DOM"], "types": [], "strict": true,
              "noImplicitAny": false, "allowImportingTsExtensions": true, "noEmit": true,
              "paths": {"@pushwire/client": ["%s"]}}}
            """;

    @TempDir
    private Path directory;

    private static String guide() throws IOException {
        return Files.readString(Path.of("docs/client.md"));
    }

    private static List<String> code() throws IOException {
        return CODE.matcher(guide())
                .results()
                .map((MatchResult found) -> found.group(2))
                .toList();
    }

    private static String source(String file) throws IOException {
        return Files.readString(NodeJs.SOURCES.resolve("main").resolve(file));
    }

    private void checkTypes() throws Exception {
        NodeJs.run(
                directory,
                List.of(
                        NodeJs.program().toString(),
                        NodeJs.SOURCES
                                .resolve("node_modules/typescript/bin/tsc")
                                .toString()));
    }

    @Test
    void showsCodeThatFitsTheTypes() throws Exception {
        NodeJs.requireTools();
        Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
        Files.writeString(directory.resolve("given.d.ts"), GIVEN);
        Files.writeString(
                directory.resolve("tsconfig.json"), CONFIGURATION.formatted(NodeJs.SOURCES.resolve("main/index.ts")));
        List<String> pieces = code();
        assertThat(pieces).hasSizeGreaterThan(5);
        for (int i = 0; i < pieces.size(); i++) {
            Files.writeString(directory.resolve("piece" + i + ".ts"), pieces.get(i) + "export {}\n");
        }
        checkTypes();
    }

    /** For a Node.js without one. Its events have types of their own. */
    @Test
    void theWebSocketOfWsFitsTheTypes() throws Exception {
        NodeJs.requireTools();
        Path ws = Path.of("src/test/node/node_modules/@types/ws").toAbsolutePath();
        Requirements.require(Files.isDirectory(ws), "There are no types of ws: run npm ci in src/test/node");
        Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
        Files.writeString(directory.resolve("user.ts"), """
                import { connect } from "@pushwire/client"
                import { WebSocket } from "ws"
                connect("https://push.example.com", { WebSocket })
                connect("https://push.example.com", { WebSocket: globalThis.WebSocket })
                """);
        Files.writeString(
                directory.resolve("tsconfig.json"),
                CONFIGURATION
                        .formatted(NodeJs.SOURCES.resolve("main/index.ts"))
                        .replace(
                                "\"paths\": {",
                                "\"skipLibCheck\": true, \"paths\": {\"ws\": [\"%s\"], "
                                        .formatted(ws.resolve("index.d.mts"))));
        checkTypes();
    }

    @Test
    void beginsWithCodeThatRuns() throws Exception {
        RunningService service =
                RunningService.with("pushwire.topics[0].name=news", "pushwire.topics[0].publish=public");
        String first = code().getFirst();
        String runnable = """
                let seen
                const rendered = new Promise(resolve => { seen = resolve })
                const render = (data, position) => seen(`${data.text} at ${position}`)
                const reload = () => { throw new Error("reset") }
                """
                + first.replace("https://push.example.com", service.http("").toString())
                        .replace(
                                "@pushwire/client",
                                NodeJs.PACKAGE.resolve("pushwire.mjs").toString())
                + """
                console.log(await rendered)
                push.close()
                """;
        Path file = Files.writeString(directory.resolve("first.mjs"), runnable);
        String output = NodeJs.run(directory, List.of(NodeJs.program().toString(), file.toString()));
        assertThat(output).matches("hi at \\w+:\\d+\n");
    }

    @Test
    void listsTheOptionsWithTheirDefaults() throws IOException {
        Map<String, String> presets = PRESET.matcher(source("options.ts"))
                .results()
                .collect(Collectors.toMap(
                        (MatchResult found) -> found.group(1),
                        (MatchResult found) -> found.group(2).replace("_", "")));
        assertThat(presets).hasSizeGreaterThan(5);
        Map<String, String> told = OPTION.matcher(guide())
                .results()
                .collect(
                        Collectors.toMap((MatchResult found) -> found.group(1), (MatchResult found) -> found.group(2)));
        assertThat(told).containsAllEntriesOf(presets);
    }

    @Test
    void listsTheCodes() throws IOException {
        String errors = source("errors.ts");
        String ours = errors.substring(errors.indexOf("ClientErrorCode"), errors.indexOf("Later servers"));
        assertThat(CODES.matcher(ours).results().map((MatchResult found) -> "| `" + found.group(1) + "` |"))
                .hasSizeGreaterThan(5)
                .allSatisfy(row -> assertThat(guide()).contains(row));
        assertThat(CONSEQUENCE.matcher(source("ending.ts")).results().map((MatchResult found) -> found.group(1)))
                .contains("4400", "4401", "4403", "4429")
                .allSatisfy(code -> assertThat(guide()).containsPattern("(?m)^\\| .*" + code + ".* \\|"));
    }

    /** The codes are those of the protocol's own page. */
    @Test
    void theClientKnowsTheServersCodes() throws IOException {
        String errors = source("errors.ts");
        String theirs = errors.substring(0, errors.indexOf("ClientErrorCode"));
        String protocol = Files.readString(Path.of("docs/protocol.md"));
        String table = protocol.substring(protocol.indexOf("## Errors"), protocol.indexOf("## Close codes"));
        List<String> listed = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(CODES.matcher(theirs).results().map((MatchResult found) -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(listed);
    }
}
