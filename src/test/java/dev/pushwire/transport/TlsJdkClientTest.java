package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of another project, over TLS: java.net.http. */
class TlsJdkClientTest {
    private final TlsService tls = TlsService.shared();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void talksAndCloses(String protocol) throws Exception {
        try (HttpClient client = client(protocol)) {
            WebSocket webSocket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://localhost:" + tls.service().port() + "/echo"), new Listening())
                    .get(15, TimeUnit.SECONDS);
            String large = "x".repeat(1_000_000);
            webSocket.sendText("in ", false).get(15, TimeUnit.SECONDS);
            webSocket.sendText("parts", true).get(15, TimeUnit.SECONDS);
            assertHears("in parts");
            webSocket.sendText(large, true).get(15, TimeUnit.SECONDS);
            assertHears(large);
            webSocket.sendPing(ByteBuffer.wrap(new byte[] {1})).get(15, TimeUnit.SECONDS);
            assertHears("pong");
            webSocket.sendClose(4001, "bye").get(15, TimeUnit.SECONDS);
            assertHears("close 4001");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void asksOverHttpAsBefore(String protocol) throws Exception {
        try (HttpClient client = client(protocol)) {
            URI health = URI.create("https://localhost:" + tls.service().port() + "/actuator/health");
            HttpRequest request = HttpRequest.newBuilder(health).build();
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("UP");
            }
        }
    }

    private HttpClient client(String protocol) {
        return HttpClient.newBuilder()
                .sslContext(tls.clientContext())
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .build();
    }

    private void assertHears(String expected) throws InterruptedException {
        String next = String.valueOf(heard.poll(15, TimeUnit.SECONDS));
        assertThat(next.equals(expected))
                .as("'%.40s' is '%.40s'", next, expected)
                .isTrue();
    }

    private final class Listening implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            heard.add("pong");
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            heard.add("close " + statusCode);
            return null;
        }
    }
}
