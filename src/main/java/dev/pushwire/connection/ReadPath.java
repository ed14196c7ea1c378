package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.PostedSession.Posted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** One connection's way in: what becomes of the bytes that its socket brings. Belongs to the loop's thread. */
abstract sealed class ReadPath permits MessageReadPath, StreamReadPath {
    final Connection connection;

    ReadPath(Connection connection) {
        this.connection = connection;
    }

    /** There is something to read. */
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
            connection.out().noteBacklog(); // TLS has something to say in answer
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
     * Handles bytes that arrived, and sends what was said in answer to them in one write.
     *
     * @param in the loop's read buffer, or memory of the connection's own
     */
    abstract void receive(ByteBuffer in);

    /**
     * A message has come by a request of its own.
     *
     * @param answer is told what becomes of it
     */
    abstract void post(boolean isText, ByteBuffer message, CompletableFuture<Posted> answer);

    /** Whether there is room for what the next message makes the endpoint do and say. */
    boolean wantsMore() {
        return connection.isOpen()
                && connection.out().hasRoomForReplies()
                && connection.delivery().keepsUp();
    }

    /**
     * Our last word is sent: of what arrives, only the peer's matters.
     *
     * @return whether there will be one
     */
    abstract boolean awaitClose();

    /** Nothing that arrives matters any more. */
    abstract void discard();

    /** Whether reading is stopped. */
    abstract boolean isPaused();

    /** Whether reading is stopped because the endpoint, or what it passes messages on to, does not keep up. */
    abstract boolean isHeldByEndpoint();

    /** Goes on reading where it was paused, if there is room now; a task of its own, never within another's turn. */
    abstract void resume();

    /**
     * No message is looked at until {@link #letGo} was called as often.
     *
     * @param cost of the message that is on its way, in bytes; it counts as this connection's own until then
     */
    abstract void holdBack(int cost);

    abstract void letGo();

    /** Bytes of memory that an unfinished message takes, what is not looked at yet, and a message that holds it back. */
    abstract long memory();
}
