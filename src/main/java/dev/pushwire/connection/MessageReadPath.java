package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.PostedSession.Posted;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.DiscardingHandler;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Inflation;
import dev.pushwire.protocol.MessageHandler;
import dev.pushwire.protocol.MessageReader;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way in of a WebSocket: bytes from the socket become messages for the endpoint, as fast as it takes them. */
final class MessageReadPath extends ReadPath implements MessageHandler {
    private @Nullable MessageReader reader; // null once nothing that arrives matters any more
    private final @Nullable MessageRate rate; // null for no limit
    private MessageHandler handler = this;
    private @Nullable ByteBuffer unread; // input that was read but not handled, since there was no room for the replies
    private boolean paused;
    private int heldBack; // how many messages that other loops are slow to deliver hold it back
    private int heldBackBy; // the bytes of the largest of them

    MessageReadPath(Connection connection, @Nullable Inflation inflation) {
        super(connection);
        EndpointBinding binding = connection.binding();
        this.rate = MessageRate.of(
                binding.rateLimit(),
                binding.messagesPerSecond(),
                connection.loop().now());
        this.reader = new MessageReader(binding.limits().messages(), inflation);
    }

    @Override
    void receive(ByteBuffer in) {
        ReplyBuffer replies = connection.loop().buffers().replies();
        replies.beginTurn(connection);
        try {
            do {
                read(in);
                connection.out().writeReplies();
            } while (in.hasRemaining() && wantsMore()); // there is room again if only the replies were too many
        } finally {
            replies.endTurn();
        }
        if (connection.isOpen() && in.hasRemaining()) {
            pause(in);
        }
        Holdings.account(connection);
    }

    private void read(ByteBuffer in) {
        try {
            MessageHandler used = null;
            while (reader != null && used != handler) { // a new handler gets the rest
                used = handler;
                reader.read(in, used);
            }
        } catch (ProtocolException e) {
            connection.end(new Ending.PeerViolated(e));
        }
    }

    @Override
    void post(boolean isText, ByteBuffer message, @Nullable Duration patience, CompletableFuture<Posted> answer) {
        answer.complete(Posted.ENDED); // the session has moved here, and its client says all over the WebSocket
    }

    @Override
    void refuseOverdue(long now) {
        // there are none
    }

    @Override
    boolean awaitClose() {
        handler = new AwaitingClose();
        if (paused) {
            connection.later(this::goOn);
        }
        return true;
    }

    @Override
    void discard() {
        reader = null;
        unread = null;
        if (paused) {
            paused = false;
            connection.transport().wantRead(true);
        }
    }

    @Override
    boolean isHeldByEndpoint() {
        return paused && connection.out().hasRoomForReplies();
    }

    private void pause(ByteBuffer in) {
        boolean shared = in == connection.loop().buffers().read();
        unread = shared ? ByteBuffer.allocate(in.remaining()).put(in).flip() : in;
        paused = true;
        connection.transport().wantRead(false);
    }

    @Override
    void resume() {
        if (paused && wantsMore()) {
            goOn();
        }
    }

    @Override
    long memory() {
        MessageReader unfinished = reader;
        if (unfinished == null) {
            return 0;
        }
        long unreadSize = unread == null ? 0 : unread.capacity();
        return EncodedFrame.memoryOf(unfinished.gathered()) + unreadSize + heldBackBy;
    }

    @Override
    boolean isPaused() {
        return paused;
    }

    @Override
    void holdBack(int cost) {
        heldBack++;
        heldBackBy = Math.max(heldBackBy, cost); // a message to a group waits once, though on several loops
    }

    @Override
    void letGo() {
        heldBack--;
        heldBackBy = heldBack == 0 ? 0 : heldBackBy;
        resume();
    }

    private void goOn() {
        ByteBuffer rest = unread;
        if (!paused || rest == null) {
            return;
        }
        paused = false;
        unread = null;
        receive(rest);
        if (!paused) {
            connection.transport().wantRead(true);
            connection.readHeldInput();
        }
        connection.finishIfDone();
    }

    // What the reader finds while the connection is open:

    @Override
    public void frame(Opcode opcode) {
        connection.counters().frameReceived(opcode);
    }

    @Override
    public void text(ByteBuffer payload) {
        long now = messageReceived();
        if (rate == null || rate.allowsText(payload, now)) {
            connection.delivery().text(payload);
        } else {
            connection.end(new Ending.TooManyMessages());
        }
    }

    @Override
    public void binary(ByteBuffer payload) {
        long now = messageReceived();
        if (rate == null || rate.allowsBinary(now)) {
            connection.delivery().binary(payload);
        } else {
            connection.end(new Ending.TooManyMessages());
        }
    }

    /**
     * Notes that a message has come.
     *
     * @return the time
     */
    private long messageReceived() {
        long now = connection.loop().now();
        connection.counters().messageReceived();
        connection.lifetime().received(now);
        return now;
    }

    @Override
    public void ping(ByteBuffer payload) {
        connection.out().pong(payload);
    }

    /** Does not note a sign of life: that happens where bytes are read, whatever they are. */
    @Override
    public void pong(ByteBuffer payload) {
        long roundTrip = connection.keepalive().ponged(connection.loop().now());
        if (roundTrip >= 0) {
            EndpointBinding binding = connection.binding();
            binding.listener().ponged(binding.pattern(), roundTrip);
        }
    }

    @Override
    public void close(CloseStatus status) {
        connection.peerClosed(status);
    }

    @Override
    public boolean wantsMore() {
        return heldBack == 0 && super.wantsMore();
    }

    /** Reads what comes once our Close is sent. */
    private final class AwaitingClose extends DiscardingHandler {
        @Override
        public void frame(Opcode opcode) {
            connection.counters().frameReceived(opcode);
        }

        @Override
        public void close(CloseStatus status) {
            connection.peerClosed(status);
        }

        @Override
        public boolean wantsMore() {
            return reader != null;
        }
    }
}
