package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Socket.IO client that sends and receives the bare text of packets. */
public final class SocketIoClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final String PATH = "/socket.io/?EIO=4&transport=";

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final WebSocket webSocket;

    private SocketIoClient(RunningService service, String query) {
        this.webSocket = SharedHttp.CLIENT
                .newWebSocketBuilder()
                .buildAsync(service.ws(PATH + "websocket" + query), new Receiver())
                .join();
    }

    /** A client that is connected to a namespace, and has read the answer to that. */
    public static SocketIoClient connect(RunningService service, String namespace) {
        SocketIoClient client = new SocketIoClient(service, "");
        client.send("40" + namespace + ",");
        assertThat(client.next()).startsWith("0{");
        assertThat(client.next()).startsWith("40");
        return client;
    }

    /** A client whose session begins with polling, and continues over a WebSocket, perhaps on another node. */
    static SocketIoClient upgraded(RunningService polled, RunningService webSocket) {
        SocketIoClient client = opened(webSocket, sid(polled)).send("2probe");
        assertThat(client.next()).isEqualTo("3probe");
        return client.send("5");
    }

    /** A WebSocket that may want to carry a session. */
    static SocketIoClient opened(RunningService service, String sid) {
        return new SocketIoClient(service, "&sid=" + sid);
    }

    /** The id of a new session that polls. */
    static String sid(RunningService service) {
        return service.get(PATH + "polling").body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    }

    public SocketIoClient send(String message) {
        webSocket.sendText(message, true).join();
        return this;
    }

    SocketIoClient send(byte[] data) {
        webSocket.sendBinary(ByteBuffer.wrap(data), true).join();
        return this;
    }

    /** The next message, pings left out; of a binary one {@link #binary}, and of the end {@code closed} with the code and the reason. */
    public String next() {
        try {
            String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        webSocket.abort();
    }

    static String binary(byte[] data) {
        return "binary " + data.length + " " + Arrays.hashCode(data);
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
            if (last) {
                messages.add(binary(bytes.toByteArray()));
                bytes.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add("closed " + code + " " + reason);
            return null;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                if (message.toString().equals("2")) {
                    from.sendText("3", true);
                } else {
                    messages.add(message.toString());
                }
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
