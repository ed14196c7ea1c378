package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.pushprotocol.ProtocolSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /push} over the JDK's WebSocket. What goes either way is checked against the schema. */
public final class PushClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket webSocket;

    private final boolean checked;

    private PushClient(URI uri, boolean checked) {
        this.checked = checked;
        this.webSocket = SharedHttp.CLIENT
                .newWebSocketBuilder()
                .subprotocols("pushwire.v1.json")
                .buildAsync(uri, new Receiver())
                .join();
    }

    /** @throws CompletionException if it cannot connect */
    public static PushClient open(URI uri) {
        return new PushClient(uri, true);
    }

    /** One that does not check what comes against the schema: for very many messages. */
    public static PushClient openUnchecked(URI uri) {
        return new PushClient(uri, false);
    }

    public static PushClient open(RunningService service) {
        return open(service.ws("/push"));
    }

    public String subprotocol() {
        return webSocket.getSubprotocol();
    }

    /** Sends a command; quotes are written as apostrophes. */
    public PushClient send(String command) {
        String line = command.replace('\'', '"');
        ProtocolSchema.assertCommand(line);
        webSocket.sendText(line, true).join();
        return this;
    }

    public PushClient subscribe(String topic) {
        return send("{'type':'subscribe','id':1,'topic':'" + topic + "'}");
    }

    public PushClient subscribe(String topic, String since) {
        return send("{'type':'subscribe','id':1,'topic':'" + topic + "','since':'" + since + "'}");
    }

    /** The next message of the server; null when none comes because the connection has ended. */
    public JsonNode next() {
        try {
            for (int i = 0; i < PATIENCE.toSeconds() * 20; i++) {
                String line = lines.poll(50, TimeUnit.MILLISECONDS);
                if (line != null) {
                    if (checked) {
                        ProtocolSchema.assertMessage(line);
                    }
                    return JSON.readTree(line);
                }
                if (closed.isDone() && lines.isEmpty()) {
                    return null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("No message came within " + PATIENCE);
    }

    /** The next message, which is of this type. */
    public JsonNode next(String type) {
        JsonNode message = next();
        assertThat(message).as("a message of type " + type).isNotNull();
        assertThat(message.path("type").asString()).as("%s", message).isEqualTo(type);
        return message;
    }

    /** The close code; 1006 when the connection broke. */
    public int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Breaks the connection. */
    public void cut() {
        webSocket.abort();
        closed.complete(1006);
    }

    @Override
    public void close() {
        cut();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                message.toString().lines().forEach(lines::add);
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            assertThat(error).isInstanceOf(IOException.class);
            closed.complete(1006);
        }
    }
}
