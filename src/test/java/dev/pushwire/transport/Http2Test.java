package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.service.Requirements;
import dev.pushwire.service.RunningService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With HTTP/2 switched on, real clients of it. RFC 9113, 8.2.2: a message with a header that is about a connection is
 * malformed, and its client gives up.
 */
class Http2Test {
    private static final long PATIENCE_SECONDS = 15;

    @TempDir
    private static Path directory;

    private static TlsService tls;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.create(directory);
        certificate.write(directory);
        tls = TlsService.start(certificate, TlsService.bundle(directory, "server.http2.enabled=true"));
        client = HttpClient.newBuilder().sslContext(tls.clientContext()).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        tls.service().close();
    }

    private static URI address(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + tls.service().port() + path);
    }

    private static HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().map()).doesNotContainKeys("connection", "upgrade", "keep-alive");
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/chat", "/chat/room"})
    void thePathOfAWebSocketSaysWhatItIsFor(String path) throws Exception {
        HttpResponse<String> got = ask(HttpRequest.newBuilder(address("https", path)));
        assertThat(got.statusCode()).isEqualTo(426);
        assertThat(got.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(got.body()).contains("over HTTP/1.1");

        HttpResponse<String> posted =
                ask(HttpRequest.newBuilder(address("https", path)).POST(BodyPublishers.ofString("hello")));
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("allow")).hasValue("GET");
    }

    @Test
    void theRestIsAsEver() throws Exception {
        assertThat(ask(HttpRequest.newBuilder(address("https", "/topics/news"))).body())
                .startsWith("{\"topic\":\"news\"");
        assertThat(ask(HttpRequest.newBuilder(address("https", "/topics/a..b"))).statusCode())
                .isEqualTo(400);
        assertThat(ask(HttpRequest.newBuilder(address("https", "/no/such/page")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(ask(HttpRequest.newBuilder(address("https", "/topics/news")).POST(BodyPublishers.ofString("hello")))
                        .statusCode())
                .isEqualTo(202);
    }

    /** Clients that speak HTTP/2 ask for a WebSocket over HTTP/1.1. */
    @Test
    void aWebSocketBesideIt() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        WebSocket webSocket = client.newWebSocketBuilder()
                .buildAsync(address("wss", "/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        heard.complete(data.toString());
                        return null;
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        webSocket.sendText("hello", true);
        assertThat(heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("hello");
        webSocket.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http2-prior-knowledge", "--http2"})
    void withoutTls(String how) throws Exception {
        RunningService plain = RunningService.with("server.http2.enabled=true");
        String answer = curl(how, "http://localhost:" + plain.port() + "/echo");
        assertThat(answer).contains("HTTP/2 426").containsIgnoringCase("content-type: application/problem+json");
        String behindSwitch = answer.substring(answer.indexOf("HTTP/2 426"));
        assertThat(behindSwitch.toLowerCase(Locale.ROOT)).doesNotContain("\nupgrade:", "\nconnection:");
    }

    @Test
    void whileTheServiceDrains() throws Exception {
        try (RunningService plain = RunningService.start("server.http2.enabled=true")) {
            plain.bean(ConnectionRegistry.class).drain();
            String answer = curl("--http2-prior-knowledge", "http://localhost:" + plain.port() + "/topics/news");
            assertThat(answer).startsWith("HTTP/2 200").doesNotContainIgnoringCase("\nconnection:");
        }
    }

    /** The head and the body of the answer. */
    private static String curl(String how, String address) throws Exception {
        Requirements.require(
                Requirements.onPath("curl"), "curl is not installed: HTTP/2 without TLS is not tested with it");
        Process process = new ProcessBuilder(List.of("curl", "-sSi", "--max-time", "15", how, address))
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(answer).isZero();
        return answer;
    }
}
