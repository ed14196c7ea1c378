package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code java.net.http.WebSocket}. */
class JdkClientServiceTest extends ForeignClientContract {

    @Override
    ForeignClient connect(RunningService service, String path, String subprotocol) {
        JdkClient client = new JdkClient();
        WebSocket.Builder builder = SharedHttp.CLIENT.newWebSocketBuilder();
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        client.socket = builder.buildAsync(service.ws(path), client).join();
        return client;
    }

    private static final class JdkClient implements ForeignClient, WebSocket.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder hex = new StringBuilder();
        private WebSocket socket;
        private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                events.add("text " + text);
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            hex.append(HexFormat.of().formatHex(bytes));
            if (last) {
                events.add("binary " + hex);
                hex.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            events.add("pong " + UTF_8.decode(message));
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            events.add("close " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            events.add("error " + error);
        }

        @Override
        public String subprotocol() {
            return socket.getSubprotocol();
        }

        @Override
        public void sendText(String message) {
            sent = sent.thenCompose(before -> socket.sendText(message, true));
        }

        @Override
        public void sendBinary(byte[] data) {
            sent = sent.thenCompose(before -> socket.sendBinary(ByteBuffer.wrap(data), true));
        }

        @Override
        public void sendFragments(String first, String second) {
            sent = sent.thenCompose(before -> socket.sendText(first, false))
                    .thenCompose(before -> socket.sendText(second, true));
        }

        @Override
        public void ping(String payload) {
            sent = sent.thenCompose(before -> socket.sendPing(UTF_8.encode(payload)));
        }

        @Override
        public void sendClose(int code, String reason) {
            sent = sent.thenCompose(before -> socket.sendClose(code, reason));
        }

        @Override
        public String next() {
            return Events.next(events);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
