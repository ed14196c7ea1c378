package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for operators tell them to ask is answered, and the properties that they name are there. */
@Timeout(60)
class OperationsGuideTest {
    private static final List<Path> PAGES = List.of(
            Path.of("docs/operations.md"),
            Path.of("docs/runbook.md"),
            Path.of("docs/kubernetes.md"),
            Path.of("docs/image.md"),
            Path.of("docs/metrics.md"));
    private static final Pattern ADDRESS = Pattern.compile("localhost:808([01])(/[^'\\s`)]*)");
    private static final Pattern PROPERTY = Pattern.compile("pushwire\\.[a-z]+\\.[a-z-]+(?:\\.[a-z-]+)*");
    private static final String ID_IN_THE_PAGES = "k3f9x2a-4k2";

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start(
                "management.server.port=0",
                "management.endpoint.websockets.access=unrestricted",
                "management.endpoints.web.exposure.include=health,info,metrics,prometheus,websockets,loggers");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** A command may go over several lines. Left out: handshakes, of which there are tests enough, a dump of the heap, and what only the jar has. */
    static Stream<String> commands() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path page : PAGES) {
            all.append(Files.readString(page).replace("\\\n", ""));
        }
        return all.toString()
                .lines()
                .filter(line -> line.strip().startsWith("curl ")
                        && ADDRESS.matcher(line).find())
                .filter(line -> !line.contains("Upgrade") && !line.contains("heapdump") && !line.contains("sbom"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isAnswered(String command) {
        service.connect("/echo");
        String id = JsonPath.<List<String>>read(
                        service.actuator("/websockets?endpoint=/echo").body(), "$.connections[*].id")
                .getLast(); // the newest: others may be closing
        Matcher address = ADDRESS.matcher(command);
        assertThat(address.find()).isTrue();
        int port = address.group(1).equals("1") ? service.managementPort() : service.port();
        HttpRequest.Builder request = Service.request(
                port, address.group(2).replace(ID_IN_THE_PAGES, id).replace("*", "%2A"));
        if (command.contains("-X DELETE")) {
            request.DELETE();
        } else if (command.contains(" -d ")) {
            String body = command.replaceAll(".* -d '([^']*)'.*", "$1");
            request.POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        assertThat(Service.send(request).statusCode()).isIn(200, 202, 204);
    }

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
