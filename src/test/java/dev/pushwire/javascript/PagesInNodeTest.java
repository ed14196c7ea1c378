package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Tokens;
import dev.pushwire.guides.Block;
import dev.pushwire.service.RunningService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** The JavaScript of the pages runs as it stands there, in Node.js. That of {@code docs/client.md} is {@link ClientGuideTest}'s. */
@Timeout(120)
class PagesInNodeTest {
    private static final String KEY = "0123456789abcdef";
    private static final Pattern SCRIPT = Pattern.compile("<script>\n(.*?)</script>", Pattern.DOTALL);

    /** What a snippet needs behind it to show something. */
    private static final Map<String, String> CALLS = Map.of(
            "const part", "\nconsole.log('part:' + part(\"o'hara (a.b)\"))",
            "async function open", "\nawait open()",
            "new WebSocket(\"wss://push.example.com/topics/news.sports\"", ".onopen = () => console.log('connected')");

    /** An endpoint that is an application's, which only {@code src/it} has. */
    private static final String OF_AN_APPLICATION = "wss://shop.example.com/orders/";

    @Test
    void showsWhatIsPublished() throws Exception {
        RunningService service = RunningService.with(
                "pushwire.api.keys.shop.secret=" + KEY, "pushwire.access.jwt.secret=" + Tokens.SECRET);
        List<Map<String, String>> snippets = Block.ofAllPages().stream()
                .filter(PagesInNodeTest::isScript)
                .map(block -> Map.of("name", block.toString(), "code", code(block)))
                .toList();
        String output = NodeJs.run(
                Path.of("src/test/node").toAbsolutePath(),
                List.of(
                        NodeJs.program().toString(),
                        "--experimental-eventsource",
                        "--no-warnings",
                        "snippets.mjs",
                        new JsonMapper()
                                .writeValueAsString(Map.of(
                                        "service",
                                        service.host(),
                                        "key",
                                        KEY,
                                        "token",
                                        Tokens.of("ada")
                                                .subscribing("news.>", "news")
                                                .signed(),
                                        "snippets",
                                        snippets))));
        Map<String, String> shown = new TreeMap<>();
        output.lines().map(line -> line.split("\t", 2)).forEach(line -> shown.put(line[0], line[1]));
        assertThat(snippets)
                .hasSizeGreaterThan(8)
                .allSatisfy(snippet -> assertThat(shown).containsKey(snippet.get("name")));
        assertThat(shown.values())
                .allSatisfy(text -> assertThat(text).containsPattern("hello|connected|part:|subscribed"));
        assertThat(shown.values()).contains("part:o:27hara:20:28a:2Eb:29");
    }

    /** Once where no ticket can be had, and once where the stream ends before a message has come. */
    @Test
    void theStreamWithTicketsComesBackToWhereItWas() throws Exception {
        String code = Block.ofAllPages().stream()
                .map(Block::text)
                .filter(text -> text.startsWith("async function open"))
                .findFirst()
                .orElseThrow();
        String page = """
                const token = "t", show = () => {}, setTimeout = setImmediate, urls = []
                const answers = [() => { throw new TypeError("there is no network") }]
                const fetch = async () => (answers.shift() ?? (() => ({ json: async () => ({ ticket: "once" }) })))()
                class EventSource extends EventTarget {
                  constructor(url) {
                    super()
                    if (urls.push(url) === 2) console.log(urls.join(" "))
                    else setImmediate(() => {
                      this.dispatchEvent(Object.assign(new Event("subscribed"), { lastEventId: "e.40" }))
                      this.onerror()
                    })
                  }
                  close() {}
                }
                await open()
                """;
        String output = NodeJs.run(
                Path.of("").toAbsolutePath(),
                List.of(NodeJs.program().toString(), "--input-type=module", "--eval", code + "\n" + page));
        assertThat(output.strip()).isEqualTo("/topics/news?ticket=once /topics/news?ticket=once&lastEventId=e.40");
    }

    private static boolean isScript(Block block) {
        boolean isIndented =
                block.language().isEmpty() && block.lines().getFirst().startsWith("new ");
        return (isIndented || block.language().equals("js") || block.language().equals("html"))
                && !block.page().endsWith("client.md")
                && !block.text().contains(OF_AN_APPLICATION);
    }

    private static String code(Block block) {
        String code = block.language().equals("html")
                ? SCRIPT.matcher(block.text())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .collect(Collectors.joining())
                : block.text();
        return CALLS.entrySet().stream()
                .filter(call -> code.startsWith(call.getKey()))
                .map(call -> code + call.getValue())
                .findFirst()
                .orElse(code);
    }
}
