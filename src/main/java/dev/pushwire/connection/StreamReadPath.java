package dev.pushwire.connection;

import dev.pushwire.protocol.ProtocolException;
import java.nio.ByteBuffer;

/**
 * A stream's way in: its client has said all with its request. What still comes is thrown away, a little of it at least, such as
 * an empty line behind a body or a request that a client has sent too early; and reading shows when the client is gone.
 */
final class StreamReadPath extends ReadPath {
    /** More than the header section of any request that Tomcat takes by default. */
    private static final int MOST = 16 * 1024;

    private int received; // bytes

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
    boolean awaitClose() {
        return false; // HTTP has none
    }

    @Override
    void discard() {}

    @Override
    boolean isPaused() {
        return false;
    }

    @Override
    boolean isHeldByEndpoint() {
        return false;
    }

    @Override
    void resume() {}

    /** Nothing that it says is passed on. */
    @Override
    void holdBack(int cost) {}

    @Override
    void letGo() {}

    @Override
    long memory() {
        return 0;
    }
}
