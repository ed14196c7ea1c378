import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts what a WebSocket receives: binary messages, lines of text, and the Close frame. */
final class Replies implements WebSocket.Listener {

    private final Semaphore received = new Semaphore(0);
    private volatile String lastText = "";

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        lastText = data.toString();
        received.release((int) data.chars().filter(c -> c == '\n').count());
        return reply(webSocket, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        return reply(webSocket, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        return reply(webSocket, true);
    }

    private CompletionStage<?> reply(WebSocket webSocket, boolean last) {
        received.release(last ? 1 : 0);
        webSocket.request(1);
        return null;
    }

    void await(int replies) throws InterruptedException {
        if (!received.tryAcquire(replies, 10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the application did not reply; the last it said was " + lastText);
        }
    }

    String lastText() {
        return lastText;
    }
}
