package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.PostedSession.Posted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way in of one connection: it handles the bytes that the socket brings. Belongs to the loop's thread. */
abstract sealed class ReadPath permits MessageReadPath, StreamReadPath {
    final Connection connection;

    ReadPath(Connection connection) {
        this.connection = connection;
    }

    /** The socket has something to read. */
    final void readable() {
        ByteBuffer buffer = connection.loop().buffers().read().clear();
        Transport transport = connection.transport();
        int count;
        try {
            count = transport.read(buffer);
        } catch (IOException e) {
            connection.end(new Ending.TransportFailed(e));
            return;
        }
        if (transport.holdsOutput()) {
            connection.out().noteBacklog(); // TLS has an answer to send
        }
        if (count < 0) {
            connection.inputEnded();
            return;
        }
        connection.counters().bytesReceived(count);
        connection.heard();
        receive(buffer.flip());
        connection.finishIfDone();
    }

    /**
     * Handles bytes that arrived, and sends the replies to them in one write.
     *
     * @param in the loop's read buffer, or memory of the connection's own
     */
    abstract void receive(ByteBuffer in);

    /**
     * Takes a message that has come in a separate request.
     *
     * @param patience how long it may wait; null for as long as the connection lasts
     * @param answer is told what becomes of it
     */
    abstract void post(
            boolean isText, ByteBuffer message, @Nullable Duration patience, CompletableFuture<Posted> answer);

    /** Refuses messages of separate requests that have waited for too long. */
    abstract void refuseOverdue(long now);

    /** Whether there is room for what the endpoint does and sends at the next message. */
    boolean wantsMore() {
        return connection.isOpen()
                && connection.out().hasRoomForReplies()
                && connection.delivery().keepsUp();
    }

    /**
     * Our last word is sent. Of what arrives, only the peer's last word matters.
     *
     * @return whether there will be one
     */
    abstract boolean awaitClose();

    /** Nothing that arrives matters any more. */
    abstract void discard();

    /** Whether reading is stopped. */
    abstract boolean isPaused();

    /** Whether reading is stopped because the endpoint, or a loop that it passes messages on to, does not keep up. */
    abstract boolean isHeldByEndpoint();

    /**
     * Continues to read where it was paused, if there is room now. It runs as a task of its own, never within another
     * connection's turn.
     */
    abstract void resume();

    /**
     * Stops reading messages until {@link #letGo} was called as often.
     *
     * @param cost the bytes of the message that is on its way, which count as this connection's own until then
     */
    abstract void holdBack(int cost);

    abstract void letGo();

    /**
     * The memory of an unfinished message, of input that waits, and of a message that holds the connection back, in
     * bytes.
     */
    abstract long memory();
}
