package dev.pushwire.connection;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.Heartbeat.Rhythm;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Framing;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one connection. Its replies to the input that it is just handling gather in the loop's
 * {@link ReplyBuffer}. Everything else, and what the socket does not take, waits in the {@link Outbox} for the end of
 * the pass.
 */
final class WritePath {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /**
     * A frame of this many bytes is counted at once, smaller ones at the end of the pass: see {@link Outbox#account}.
     */
    private static final int LARGE = 4096;

    private final Connection connection;
    private final @Nullable Compression compression; // null if the peer does not want it
    private final Framing framing;
    private final @Nullable MailboxTransport mailbox; // null if the transport is written to
    private final Outbox outbox = new Outbox();
    private long accountedBesides; // bytes counted outside the outbox, see account()
    private int unsentReply; // bytes of the opening handshake, which is not traffic of frames
    private boolean awaitsFlush; // at the end of this pass
    private boolean awaitsRoom; // in the socket
    private boolean closed;

    WritePath(Connection connection, @Nullable Compression compression, Framing framing) {
        this.connection = connection;
        this.compression = compression;
        this.framing = framing;
        this.mailbox = connection.transport() instanceof MailboxTransport collected ? collected : null;
    }

    /** Whether the socket has everything. */
    boolean isEmpty() {
        return outbox.isEmpty() && !connection.transport().holdsOutput();
    }

    /** How many bytes wait for the socket. */
    long backlog() {
        return outbox.bytes();
    }

    /** The approximate heap of what waits for the socket, if it waits here alone. */
    long memory() {
        return outbox.memory();
    }

    /**
     * Counts what is held, see {@link Outbox#account}.
     *
     * @param besides the bytes that are held for the connection elsewhere
     */
    long account(long besides) {
        long change = outbox.account() + besides - accountedBesides;
        accountedBesides = besides;
        return change;
    }

    /**
     * Whether there is room for replies. A peer that asks much and reads nothing is not read from, long before its
     * outbox is full.
     */
    boolean hasRoomForReplies() {
        long gathered = ownTurn() ? replies().size() : 0;
        return outbox.memory() + gathered + connection.session().inTransit() <= limit() / 2;
    }

    /** Whether the outbox is full. A frame of any size is taken as long as less than the limit waits before it. */
    private boolean isFull() {
        return outbox.memory() >= limit();
    }

    /**
     * Whether the outbox has room once the socket has taken what it can: frames that only wait for the end of a pass
     * are no backlog.
     */
    private boolean hasRoom() {
        long before = Long.MAX_VALUE;
        while (isFull() && outbox.bytes() < before) {
            before = outbox.bytes();
            flush();
        }
        return !isFull();
    }

    /** Makes room for a frame after what has gathered, or ends the connection; returns whether it may be sent. */
    private boolean makeRoom() {
        writeReplies();
        connection.loop().memory().relieveIfShort(connection.loop());
        if (!hasRoom() && !shed()) {
            connection.end(new Ending.Backlogged(outbox.bytes()));
        }
        return !closed;
    }

    /** Drops what the peer may miss; returns whether there is room now, and enough for many more messages. */
    private boolean shed() {
        shedTo(limit() / 2);
        return outbox.memory() <= 3L * limit() / 4;
    }

    /** Drops what the peer may miss, until at most {@code goal} bytes are taken or nothing is left to drop. */
    void shedTo(long goal) {
        DropCounts shed = outbox.shed(goal);
        connection.counters().shed(shed);
        publishBacklog();
    }

    private int limit() {
        return connection.binding().limits().outbox();
    }

    /** Sends the answer to the opening handshake, before all frames. */
    void reply(ByteBuffer reply) {
        if (reply.hasRemaining()) {
            unsentReply = reply.remaining();
            add(EncodedFrame.rest(reply));
        }
    }

    /** Sends a message for this peer alone. Its payload, from position to limit, is copied. */
    void send(Opcode type, ByteBuffer payload) {
        if (closed) {
            return;
        }
        if (framing != Framing.WEBSOCKET) {
            send(Message.of(type, payload));
            return;
        }
        connection.lifetime().sent(connection.loop().now());
        connection.loop().broadcasts().bringUpToDate(connection);
        if (compression != null && compression.isFor(payload.remaining())) {
            put(compression.compress(type, payload));
        } else {
            put(type, payload);
        }
    }

    /** Sends a message that may be in other outboxes, too. */
    void send(Message message) {
        connection.loop().broadcasts().bringUpToDate(connection);
        broadcast(message);
    }

    /** Sends the next message of one of its groups. */
    void broadcast(Message message) {
        if (closed) {
            return;
        }
        connection.lifetime().sent(connection.loop().now());
        put(encoded(message));
    }

    private EncodedFrame encoded(Message message) {
        return compression != null && compression.isFor(message.payloadSize())
                ? compression.compress(message)
                : message.in(framing);
    }

    /** Sends a message unless the outbox is full; returns whether it was taken. */
    boolean offer(Message message) {
        connection.loop().broadcasts().bringUpToDate(connection);
        boolean taken = hasRoom() && !closed;
        if (taken) {
            send(message);
        }
        return taken;
    }

    /** Gives up what waits, since the session moves to another connection. */
    List<EncodedFrame> takeUnsent() {
        List<EncodedFrame> unsent = outbox.takeAll();
        publishBacklog();
        return unsent;
    }

    /** Sends what waited for the peer on another connection, and was counted there. */
    void takeOver(Message message) {
        add(encoded(message));
    }

    /** Sends without allocation, in the connection's own turn. */
    private void put(Opcode opcode, ByteBuffer payload) {
        connection.counters().frameSent(opcode.code());
        if (!gather(opcode, payload) && makeRoom() && !gather(opcode, payload)) {
            add(EncodedFrame.of(opcode, payload));
        }
    }

    private void put(EncodedFrame frame) {
        connection.counters().framesSent(frame);
        if (!gather(frame) && makeRoom() && !gather(frame)) {
            add(frame);
        }
    }

    private boolean gather(Opcode opcode, ByteBuffer payload) {
        return ownTurn() && replies().put(opcode, payload);
    }

    private boolean gather(EncodedFrame frame) {
        return ownTurn() && replies().put(frame);
    }

    /** Sends a beat, unless something waits: that is a sign of life, too; returns whether it was sent. */
    boolean beat(Heartbeat heartbeat) {
        boolean late = heartbeat.rhythm() == Rhythm.WHEN_QUIET && !outbox.isEmpty();
        if (closed || late) {
            return false;
        }
        connection.loop().broadcasts().bringUpToDate(connection);
        put(encoded(heartbeat.message().message()));
        return true;
    }

    /** Sends a ping, unless something waits: the peer shows by reading that it lives; returns whether it was sent. */
    boolean ping() {
        if (closed || !outbox.isEmpty()) {
            return false;
        }
        put(Opcode.PING, NOTHING);
        return true;
    }

    /** Answers a ping, after what waits, or in place of an answer that still waits. */
    void pong(ByteBuffer payload) {
        if (outbox.isEmpty()) {
            put(Opcode.PONG, payload);
            return;
        }
        if (!outbox.hasUnbegunPong()) {
            writeReplies();
        }
        if (outbox.putPong(EncodedFrame.of(Opcode.PONG, payload))) {
            connection.counters().frameSent(Opcode.PONG.code());
        }
        added();
    }

    /**
     * Sends the Close, which is the last frame.
     *
     * @param overtakes whether it drops what waits
     */
    void close(CloseStatus status, boolean overtakes) {
        if (overtakes) {
            outbox.discardUnsent(unsentReply > 0); // no frame comes before the end of the opening handshake
        }
        EncodedFrame last = last(status);
        connection.counters().framesSent(last);
        if (!gather(last)) {
            writeReplies();
            add(last);
        }
        closed = true;
    }

    private EncodedFrame last(CloseStatus status) {
        StreamFormat stream = connection.binding().stream();
        return stream == null ? EncodedFrame.of(Opcode.CLOSE, status.payload()) : stream.last(status, framing);
    }

    /** Forgets what waits. Nothing can be sent any more. */
    void abandon() {
        closed = true;
        outbox.clear();
        publishBacklog();
        if (awaitsRoom) {
            awaitsRoom = false;
            connection.loop().statistics().backlogged(-1);
        }
        if (ownTurn()) {
            replies().clear();
        }
        Holdings.account(connection);
    }

    private ReplyBuffer replies() {
        return connection.loop().buffers().replies();
    }

    private boolean ownTurn() {
        return replies().belongsTo(connection);
    }

    private void add(EncodedFrame frame) {
        if (frame.size() > 0) { // on a stream, a message without content has no bytes
            outbox.add(frame);
        }
        if (frame.size() >= LARGE) {
            Holdings.account(connection);
        }
        added();
    }

    private void publishBacklog() {
        connection.session().publishBacklog(outbox.bytes(), outbox.frames());
    }

    private void added() {
        publishBacklog();
        if (!awaitsFlush) {
            connection.loop().connections().flushLater(connection);
            awaitsFlush = true;
        }
    }

    /** Writes what waits, at the end of a pass, or when the socket has room again. */
    void flush() {
        awaitsFlush = false;
        if (mailbox != null) {
            waitForCollection(mailbox);
            return;
        }
        try {
            if (connection.transport().holdsOutput()) {
                connection.transport().write(NOTHING.duplicate());
            }
            int written = outbox.flush(
                    connection.transport(), connection.loop().buffers().gather());
            int ofReply = Math.min(written, unsentReply);
            unsentReply -= ofReply;
            if (ofReply > 0 && outbox.isEmpty()) {
                outbox.clear(); // most connections are idle from now on, and keep no ring
            }
            connection.counters().bytesSent(written - ofReply);
        } catch (IOException e) {
            connection.end(new Ending.TransportFailed(e));
            return;
        }
        noteBacklog();
        Holdings.account(connection);
    }

    private void waitForCollection(MailboxTransport where) {
        if (!outbox.isEmpty()) {
            where.filled();
        }
        noteBacklog();
        Holdings.account(connection);
    }

    /**
     * Takes what waits, for a peer that collects it; see {@link Outbox#take}. The caller then flushes the connection,
     * so that what had to wait continues.
     */
    byte[] collect(int most) {
        connection.loop().broadcasts().bringUpToDate(connection);
        byte[] batch = outbox.take(most);
        connection.counters().bytesSent(batch.length);
        return batch;
    }

    /** Sends what has gathered in the connection's own turn: right away, or after what waits. */
    void writeReplies() {
        if (!ownTurn() || replies().size() == 0) {
            return;
        }
        if (!outbox.isEmpty()) {
            add(replies().take());
            return;
        }
        try {
            EncodedFrame rest = replies().write(connection.transport(), connection.counters());
            if (rest != null) {
                outbox.addRest(rest);
            }
            noteBacklog();
        } catch (IOException e) {
            connection.end(new Ending.TransportFailed(e));
        }
    }

    /** Makes the loop report room in the socket exactly as long as something waits for it. */
    void noteBacklog() {
        boolean waits = !isEmpty();
        if (waits != awaitsRoom) {
            awaitsRoom = waits;
            connection.loop().statistics().backlogged(waits ? 1 : -1);
            connection.transport().wantWrite(waits);
            if (!waits && connection.transport().writesToSocket()) {
                connection.heard(); // the peer took what it was slow to take
            }
        }
        publishBacklog();
    }
}
