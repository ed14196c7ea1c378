package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Socket.IO client that says and sees the bare text of packets. */
public final class SocketIoClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final WebSocket webSocket;

    private SocketIoClient(RunningService service) {
        this.webSocket = SharedHttp.CLIENT
                .newWebSocketBuilder()
                .buildAsync(service.ws("/socket.io/?EIO=4&transport=websocket"), new Receiver())
                .join();
    }

    /** In a namespace, whose answer is the last thing that it saw. */
    public static SocketIoClient connect(RunningService service, String namespace) {
        SocketIoClient client = new SocketIoClient(service);
        client.send("40" + namespace + ",");
        assertThat(client.next()).startsWith("0{");
        assertThat(client.next()).startsWith("40");
        return client;
    }

    public SocketIoClient send(String message) {
        webSocket.sendText(message, true).join();
        return this;
    }

    /** The next message, pings left out. */
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

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

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
