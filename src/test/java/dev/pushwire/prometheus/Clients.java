package dev.pushwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** WebSockets of the JDK's client, and what they have received. */
final class Clients {
    private final LiveService service;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<WebSocket> open = new ArrayList<>();
    private final AtomicInteger texts = new AtomicInteger();
    private final AtomicInteger binaries = new AtomicInteger();
    private final AtomicInteger pongs = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();

    private Clients(LiveService service) {
        this.service = service;
    }

    static Clients of(LiveService service) {
        return new Clients(service);
    }

    Clients open(String path, int count) {
        for (int i = 0; i < count; i++) {
            open.add(http.newWebSocketBuilder()
                    .buildAsync(service.webSocket(path), new Counting())
                    .join());
        }
        return this;
    }

    /** A handshake from a page that may not connect. The JDK's client would not send a foreign Origin. */
    void refused(String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + "Origin: https://elsewhere.example\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes(12);
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 403");
        }
    }

    void sendText(String text) {
        open.forEach(client -> client.sendText(text, true).join());
    }

    void sendBinary(byte[] data) {
        open.forEach(client -> client.sendBinary(ByteBuffer.wrap(data), true).join());
    }

    void ping() {
        open.forEach(client -> client.sendPing(ByteBuffer.allocate(0)).join());
    }

    void awaitReceived(int texts, int binaries, int pongs) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(List.of(this.texts.get(), this.binaries.get(), this.pongs.get()))
                        .containsExactly(texts, binaries, pongs));
    }

    /** The first ones say goodbye. */
    void close(int count) {
        int before = closes.get();
        for (int i = 0; i < count; i++) {
            open.removeFirst().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(closes.get() - before).isEqualTo(count));
    }

    void closeAll() {
        close(open.size());
    }

    private final class Counting implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
            texts.addAndGet(last ? 1 : 0);
            client.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket client, ByteBuffer data, boolean last) {
            binaries.addAndGet(last ? 1 : 0);
            client.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket client, ByteBuffer message) {
            pongs.incrementAndGet();
            client.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket client, int code, String reason) {
            closes.incrementAndGet();
            return null;
        }
    }
}
