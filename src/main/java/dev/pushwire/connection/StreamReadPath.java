package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.PostedSession.Posted;
import dev.pushwire.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way in of a stream. The client has said all with its request. What still arrives over the socket is discarded, up
 * to a limit: an empty line after a body, for example, or a request that a client has sent too early. The loop reads
 * on, since that shows when the client is gone. Later messages of the client come in separate requests.
 */
final class StreamReadPath extends ReadPath {
    /** More than the header section of any request that Tomcat takes by default. */
    private static final int MOST = 16 * 1024;

    private int received; // bytes, over its own socket
    private @Nullable PostedMessages posted; // null until the first posted message
    private int heldBack; // how many messages that other loops are slow to deliver hold it back
    private int heldBackBy; // the bytes of the largest of them

    StreamReadPath(Connection connection) {
        super(connection);
    }

    @Override
    void receive(ByteBuffer in) {
        received += in.remaining();
        if (received > MOST && connection.isOpen()) {
            connection.end(
                    new Ending.PeerViolated(ProtocolException.violation("a stream's client that goes on sending")));
        }
    }

    @Override
    void post(boolean isText, ByteBuffer message, @Nullable Duration patience, CompletableFuture<Posted> answer) {
        if (posted == null) {
            posted = new PostedMessages(connection);
        }
        posted.add(isText, message, patience, answer);
    }

    @Override
    void refuseOverdue(long now) {
        if (posted != null) {
            posted.refuseOverdue(now);
        }
    }

    @Override
    boolean awaitClose() {
        return false; // HTTP has no last word
    }

    @Override
    void discard() {
        if (posted != null) {
            posted.discard();
        }
    }

    @Override
    boolean isPaused() {
        return posted != null && !posted.isEmpty();
    }

    @Override
    boolean isHeldByEndpoint() {
        return isPaused() && connection.out().hasRoomForReplies();
    }

    @Override
    void resume() {
        if (posted != null) {
            posted.deliver();
        }
    }

    @Override
    void holdBack(int cost) {
        heldBack++;
        heldBackBy = Math.max(heldBackBy, cost);
    }

    @Override
    void letGo() {
        heldBack--;
        heldBackBy = heldBack == 0 ? 0 : heldBackBy;
        resume();
    }

    @Override
    boolean wantsMore() {
        return heldBack == 0 && super.wantsMore();
    }

    @Override
    long memory() {
        return (long) heldBackBy + (posted == null ? 0 : posted.bytes());
    }
}
