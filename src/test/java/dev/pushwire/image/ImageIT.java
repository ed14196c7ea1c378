package dev.pushwire.image;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.helm.Chart;
import dev.pushwire.helm.Manifests;
import dev.pushwire.prometheus.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The container image, whose tar is the system property pushwire.image. */
@EnabledIfSystemProperty(named = "pushwire.image", matches = ".+", disabledReason = "only with ./mvnw -Pimage verify")
@Timeout(240)
class ImageIT {
    @TempDir
    private static Path directory;

    private static Image image;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void unpack() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x")); // for the image's user
        image = Image.unpack(Path.of(System.getProperty("pushwire.image")), directory);
    }

    /**
     * With the JVM options that the chart sets, which the cache must be good for. AOTMode=on: a JVM that cannot use it does
     * not start. The size is that of a small pod.
     */
    @Test
    void runsWithItsCacheAndNothingButTmpToWriteTo() throws Exception {
        Tools.find("bwrap");
        int port = freePort();
        int management = freePort();
        Map<String, String> environment = Map.of(
                "JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -XX:MaxRAM=512m " + chart().environment("JAVA_TOOL_OPTIONS"),
                "SERVER_PORT", "" + port,
                "MANAGEMENT_SERVER_PORT", "" + management);
        Path log = directory.resolve("log");
        try (Container container = Container.start(image, log, environment)) {
            await().atMost(Duration.ofSeconds(120)).until(() -> {
                assertThat(container.isAlive()).as(container.log()).isTrue();
                return isReady(management);
            });
            assertThat(container.status())
                    .contains("Uid:\t10001\t10001\t10001\t10001", "Gid:\t10001\t10001\t10001\t10001", "NoNewPrivs:\t1")
                    .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000");
            assertThat(container.log()).contains("(/app/pushwire.jar started by");

            assertThat(echo(port, "over the wire")).isEqualTo("over the wire");
            assertThat(get(port, "/topics")).contains("\"topics\"");
            assertThat(get(management, "/actuator/prometheus")).contains("websocket_connections_active");
            assertThat(get(management, "/actuator/sbom/application"))
                    .contains("\"bomFormat\" : \"CycloneDX\"", "pkg:maven/org.apache.tomcat.embed/tomcat-embed-core@")
                    .doesNotContain("junit");

            container.terminate();
            assertThat(container.exitWithin(30)).as(container.log()).isIn(143, 0);
        }
    }

    @Test
    void everyJavaInItRunsWithTheSameFlags() throws Exception {
        Tools.find("bwrap");
        String flags = java("-XX:+PrintFlagsFinal", Map.of());
        assertThat(flags)
                .containsPattern("UseCompactObjectHeaders +=\\s+false ")
                .containsPattern("UseG1GC +=\\s+true .*jimage")
                .containsPattern("MaxRAMPercentage +=\\s+50.0* .*jimage");
    }

    @Test
    void whoRunsItHasTheLastWordOnFlags() throws Exception {
        Tools.find("bwrap");
        assertThat(java("-XX:+PrintFlagsFinal", Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=33")))
                .containsPattern("MaxRAMPercentage +=\\s+33.0* .*environment");
    }

    @Test
    void theChartInstallsIt() {
        assertThat(chart().container().get("image").stringValue()).isEqualTo(image.name());
    }

    @Test
    void everyoneMayReadItsFilesAndOnlyRootMayWriteThem() throws IOException {
        for (String part : List.of("app", "opt")) {
            try (var paths = Files.walk(image.root().resolve(part))) {
                assertThat(paths).allSatisfy(path -> {
                    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
                    assertThat(permissions)
                            .contains(PosixFilePermission.OTHERS_READ)
                            .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
                    if (Files.isDirectory(path)) {
                        assertThat(permissions).contains(PosixFilePermission.OTHERS_EXECUTE);
                    }
                });
            }
        }
    }

    @Test
    void theDockerfileMakesTheSame() throws IOException {
        String file = Files.readString(Path.of("src/image/Dockerfile"));
        String last = file.substring(file.lastIndexOf("\nFROM "));
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(pom).contains("<image>" + arguments(last, "FROM").getFirst() + "</image>");
        assertThat(last).contains("\nENTRYPOINT [\"" + String.join("\", \"", image.words("Entrypoint")) + "\"]\n");
        assertThat(arguments(last, "USER")).containsExactly(image.word("User"));
        assertThat(arguments(last, "WORKDIR")).containsExactly(image.word("WorkingDir"));
        assertThat(image.words("Env")).containsAll(arguments(last, "ENV"));
        assertThat(arguments(last, "EXPOSE"))
                .map(port -> port + "/tcp")
                .hasSameElementsAs(image.config().get("ExposedPorts").propertyNames());
        List<String> labels = new ArrayList<>(image.config()
                .get("Labels")
                .propertyStream()
                .map(label -> label.getKey() + "=\"" + label.getValue().stringValue() + "\"")
                .toList());
        labels.removeIf(label -> label.startsWith("org.opencontainers.image.version="));
        assertThat(arguments(last, "LABEL")).containsExactlyInAnyOrderElementsOf(labels);
        assertThat(arguments(last, "COPY"))
                .isEqualTo(Pattern.compile("<includes>((?:opt|app)/[^*<]+?)(/\\*+)?</includes>")
                        .matcher(pom)
                        .results()
                        .map(path -> "--from=build /build/target/image/files/%1$s /%1$s".formatted(path.group(1)))
                        .toList());
    }

    /** The arguments of an instruction, wherever it is in the file. */
    private static List<String> arguments(String dockerfile, String instruction) {
        return Pattern.compile("(?m)^" + instruction + " (.*)$")
                .matcher(dockerfile)
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();
    }

    private static Manifests chart() {
        return Chart.withDefaults().render();
    }

    private static String java(String option, Map<String, String> environment) throws Exception {
        List<String> command = List.of("java", option, "-version");
        try (Container container = Container.start(image, directory.resolve("java.log"), environment, command)) {
            assertThat(container.exitWithin(60)).as(container.log()).isZero();
            return container.log();
        }
    }

    private String echo(int port, String text) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket webSocket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return null;
                    }
                })
                .get(10, SECONDS);
        webSocket.sendText(text, true);
        String echo = answer.get(10, SECONDS);
        webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, SECONDS);
        return echo;
    }

    private String get(int port, String path) throws Exception {
        return http.send(request(port, path), ofString()).body();
    }

    private boolean isReady(int port) throws InterruptedException {
        try {
            return http.send(request(port, "/actuator/health/readiness"), ofString())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
