package dev.pushwire.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.pushwire.access.Tokens;
import dev.pushwire.guides.ShellBlock.Command;
import dev.pushwire.redis.NodeProcess;
import dev.pushwire.service.Requirements;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;

/**
 * Each command of a page works as it is written, and answers what the page says. The commands run in the page's order,
 * in one shell per page, on a real service. {@link Elsewhere} has the reasons for those that cannot run here.
 */
@Timeout(120)
class ShellCommandsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    /** A command from before the page mentions keys. It is for a service that has none. */
    private static final String WITHOUT_KEY = "curl -d 'hello' http:";

    /** Errors of HTTP are failures, a stream ends with its first line, and a key that is made is the service's. */
    private static final String BEGINNING = """
            set -o pipefail
            curl() {
              case " $* " in
                *" -N "*) grep -m 1 . < <(command curl --silent --max-time 60 "$@") ;;
                *) command curl --silent --max-time 60 --fail-with-body "$@" ;;
              esac
            }
            openssl() {
              if [ "$1" = rand ]; then command openssl "$@" >/dev/null && printf %%s %1$s; else command openssl "$@"; fi
            }
            KEY=%1$s JWT_SECRET=%2$s TOKEN=%3$s
            U=http://localhost:8080 K="Authorization: Bearer $KEY" J='Content-Type: application/json'
            """;

    /** The logger that a page sets to debug. */
    private static final String MADE_TALKATIVE = "dev.pushwire.connection";

    private static final List<WebSocket> others = new ArrayList<>();
    private static WebSocket ada;

    @TempDir
    private static Path folder;

    private static @Nullable NodeProcess process;
    private static HttpClient http;
    private static RunningService service;

    @BeforeAll
    static void start() {
        http = HttpClient.newHttpClient();
        service = RunningService.start(
                new Class<?>[0],
                "management.server.port=0",
                "management.endpoint.websockets.access=unrestricted",
                "management.endpoints.web.exposure.include=health,info,metrics,prometheus,websockets,loggers",
                "pushwire.api.keys.shop.secret=" + KEY,
                "pushwire.api.keys.shop.scopes=publish,read,admin",
                "pushwire.access.jwt.secret=" + Tokens.SECRET,
                "pushwire.topics[0].name=>",
                "pushwire.topics[0].history-size=100",
                "pushwire.topics[0].presence=list");
        Stream.of("sports", "tennis", "weather").forEach(topic -> others.add(connect("bob", topic)));
        connectAda();
    }

    @AfterAll
    static void stop() {
        others.forEach(WebSocket::abort);
        ada.abort();
        http.shutdownNow();
        LoggingSystem.get(ShellCommandsTest.class.getClassLoader()).setLogLevel(MADE_TALKATIVE, null);
        service.close();
        if (process != null) {
            process.close();
        }
    }

    /** The process of a service alone. One that is busy with tests does not always answer jcmd in time. */
    private static String pid() {
        if (process == null) {
            process = NodeProcess.start(folder.resolve("log"), List.of());
        }
        return Long.toString(process.pid());
    }

    static Stream<Path> pages() {
        return Block.ofAllPages().stream().map(Block::page).distinct();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void work(Path page) throws IOException {
        List<Command> commands = Block.ofAllPages().stream()
                .filter(block -> block.page().equals(page))
                .filter(ShellBlock::is)
                .flatMap(ShellBlock::commands)
                .toList();
        String beginning =
                BEGINNING.formatted(KEY, Tokens.SECRET, Tokens.of("bob").signed());
        try (Shell shell = new Shell(here(beginning))) {
            for (Command command : commands) {
                if (Elsewhere.reason(command.text()).isEmpty() && isThere(command)) {
                    String text = here(command.text());
                    assertAnswer(command, shell.run(text));
                    if (text.contains("-X DELETE")) {
                        connectAda();
                    }
                }
            }
        }
    }

    private static void assertAnswer(Command command, Shell.Result result) {
        boolean showsRefusal =
                command.shown().contains("\"status\":") || command.text().contains("Upgrade: websocket");
        assertThat(result.status())
                .as("%s%nsays %s", command, result.output())
                .isIn(showsRefusal ? List.of(22) : List.of(0));
        if (command.text().contains("Upgrade: websocket")) {
            assertThat(result.output()).contains("403", "Origin");
        }
        if (!command.shown().isEmpty()) {
            JsonShape.of(command.shown()).assertFits(result.output());
        }
    }

    /** Whether the command's program is there. In CI, a missing one fails when the command runs. */
    private static boolean isThere(Command command) {
        String program = command.text().split("[ =(]")[0];
        return !List.of("ss", "nstat").contains(program)
                || Requirements.onPath(program)
                || "true".equals(System.getenv("CI"));
    }

    /** The command with what is here in the place of the page's examples. */
    private static String here(String command) {
        String position = JsonPath.read(ask("/api/topics/news"), "$.position");
        String host = command.startsWith(WITHOUT_KEY) ? RunningService.with().host() : service.host();
        String known = command.startsWith("jcmd 1 ")
                ? Path.of(System.getProperty("java.home"), "bin", "jcmd") + " " + pid() + command.substring(6)
                : command;
        return known.replace("localhost:8080", host)
                .replace(":8080 ", ":" + service.port() + " ")
                .replace("localhost:8081", "localhost:" + managementPort())
                .replace("https://push.example.com", "http://" + service.host())
                .replace(
                        "$(pgrep -f 'pushwire.*jar')",
                        Long.toString(ProcessHandle.current().pid()))
                .replaceAll("k3f9x2a-\\w+", connectionOf("ada"))
                .replace("1hpwcgxymz", position.substring(0, position.indexOf(':')))
                .replace("revocations -d '{\"principal\": \"ada\"}'", "revocations -d '{\"principal\": \"eve\"}'");
    }

    private static String connectionOf(String principal) {
        return JsonPath.read(ask("/api/connections?principal=" + principal), "$.connections[0].id");
    }

    /** A connection of the pages' ada, in the place of one that a command may have closed. */
    private static void connectAda() {
        if (ada != null) {
            ada.abort();
            awaitConnectionsOfAda(0);
        }
        ada = connect("ada", "news");
        awaitConnectionsOfAda(1);
    }

    private static void awaitConnectionsOfAda(int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> JsonPath.<Integer>read(ask("/api/connections?principal=ada"), "$.total") == count);
    }

    private static WebSocket connect(String principal, String topic) {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + Tokens.of(principal).signed())
                .buildAsync(service.ws("/topics/" + topic), new WebSocket.Listener() {})
                .join();
    }

    private static String ask(String path) {
        return RunningService.exchange(
                        HttpRequest.newBuilder(service.http(path)).header("Authorization", "Bearer " + KEY))
                .body();
    }

    private static String managementPort() {
        return service.bean(Environment.class).getRequiredProperty("local.management.port");
    }
}
