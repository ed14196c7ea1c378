package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.autoconfigure.ApiPort;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The API on a port of its own: nothing that needs rights is on the clients' port, and nothing else is on the API's
 * port.
 */
class ApiPortServiceTest {
    private static final String KEY = "0123456789abcdef";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(
                "pushwire.api.port=0",
                "pushwire.api.address=127.0.0.1",
                "pushwire.api.keys.test.secret=" + KEY,
                "pushwire.api.keys.test.scopes=publish,read,admin",
                "server.tomcat.max-swallow-size=1MB");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static int apiPort() {
        return service.bean(ApiPort.class).number();
    }

    /** Sends a request byte for byte as it is written, which no HTTP client allows. */
    private static String ask(int port, String method, String path, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port
                    + "\r\nAuthorization: Bearer " + KEY + "\r\nContent-Type: application/json\r\n"
                    + String.join("", headers);
            String body = method.equals("POST") ? "{\"topic\":\"news\",\"data\":1}" : "";
            socket.getOutputStream()
                    .write((request + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /topics/news,                   202",
        "POST,   /api/publications,              200",
        "GET,    /api/topics,                    200",
        "GET,    /api/connections?principal=ada, 200",
        "DELETE, /api/connections?principal=ada, 200",
        "POST,   /api/revocations,               400",
    })
    void isOnItsPortAlone(String method, String path, int status) throws IOException {
        assertThat(status(ask(apiPort(), method, path))).isEqualTo(status);
        String answer = ask(service.port(), method, path);
        assertThat(status(answer)).isEqualTo(404);
        assertThat(answer).contains("application/problem+json", "There is nothing under this path.");
    }

    /** The filter must know every spelling of a path that the controllers would accept. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61pi/connections?principal=ada",
                "/api;v=1/connections?principal=ada",
                "//api/connections?principal=ada",
                "/./api/connections?principal=ada",
                "/x/../api/connections?principal=ada",
                "/api/%63onnections/?principal=ada",
                "/topics/../api/connections?principal=ada",
                "/api/topics/..",
                "/api/topics/%2e%2e",
                "/api/connections/..",
                "/api/connections/.",
            })
    void isNotOnTheClientsPortByAnotherSpelling(String path) throws IOException {
        assertThat(status(ask(service.port(), "GET", path))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%74opics/news", "/topics;v=1/news", "//topics/news", "/x/../topics/news"})
    void norIsPublishing(String path) throws IOException {
        assertThat(status(ask(service.port(), "POST", path))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/actuator/health", "/echo", "/push", "/apis", "/api/orders"})
    void nothingElseIsOnTheApisPort(String path) throws IOException {
        assertThat(status(ask(apiPort(), "GET", path))).isEqualTo(404);
    }

    /** A variable that is not set comes as an empty text, as from Docker Compose. */
    @Test
    void anEmptyPortIsNone() {
        try (RunningService other = RunningService.start("pushwire.api.port=")) {
            assertThat(other.get("/api/topics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void noWebSocketIsOpenedThere() throws IOException {
        String[] upgrade = {
            "Connection: Upgrade\r\n",
            "Upgrade: websocket\r\n",
            "Sec-WebSocket-Version: 13\r\n",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        };
        assertThat(status(ask(apiPort(), "GET", "/topics/news", upgrade))).isEqualTo(404);
    }

    /** Clients may look at topics, too. The JDK's client offers another protocol by itself. */
    @Test
    void looking() throws IOException {
        for (int port : new int[] {service.port(), apiPort()}) {
            assertThat(status(ask(port, "GET", "/topics"))).isEqualTo(200);
            assertThat(status(ask(port, "GET", "/topics/news", "Upgrade: h2c\r\n")))
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsSetForTheServerHoldsOnBothPorts() throws IOException {
        String large = "X-Large: " + "x".repeat(12 * 1024) + "\r\n"; // beyond Tomcat's own 8 KB
        assertThat(status(ask(apiPort(), "GET", "/topics", large))).isEqualTo(200);
        assertThat(ask(apiPort(), "GET", "/topics/a|b")).contains("400").contains("application/problem+json");
    }

    @Test
    void soDoesWhatSpringBootSetsOnItsOwnConnector() {
        try (RunningService other = RunningService.start(
                "pushwire.api.port=0",
                "server.compression.enabled=true",
                "server.compression.min-response-size=1B",
                "server.http2.enabled=true",
                "server.server-header=shop")) {
            int port = other.bean(ApiPort.class).number();
            HttpResponse<String> answer = RunningService.exchange(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/topics"))
                            .version(HttpClient.Version.HTTP_2)
                            .header("Accept-Encoding", "gzip"));
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(answer.headers().firstValue("Server")).hasValue("shop");
        }
    }
}
