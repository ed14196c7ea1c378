package dev.pushwire.connection;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Brings messages from any thread to the connection's event loop, and counts those on their way. It is a part of {@link
 * ConnectionSession}, and not an object of its own, since each idle connection would need one.
 */
abstract sealed class SendingSession implements LeasedSession permits ConnectionSession {
    private static final AtomicLongFieldUpdater<SendingSession> IN_TRANSIT =
            AtomicLongFieldUpdater.newUpdater(SendingSession.class, "inTransit");

    private static final AtomicLongFieldUpdater<SendingSession> BACKLOG =
            AtomicLongFieldUpdater.newUpdater(SendingSession.class, "backlog");

    /**
     * The messages on their way from other threads to the loop: their number, in units of {@link MessageLoad#MESSAGE},
     * and their bytes.
     */
    private volatile long inTransit;

    /** The frames in the outbox and their bytes, counted in the same way, for other threads to see. */
    private volatile long backlog;

    /** The connection that carries what is sent. */
    abstract Connection connection();

    @Override
    public void send(String text) {
        send(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void send(Text text) {
        send(Opcode.TEXT, text instanceof ReceivedText received ? received.payload() : text.utf8());
    }

    @Override
    public void send(ByteBuffer data) {
        send(Opcode.BINARY, data);
    }

    @Override
    public void send(OutboundMessage message) {
        send(message.message(), true);
    }

    @Override
    public void sendUnpaced(OutboundMessage message) {
        send(message.message(), false);
    }

    private void send(Message message, boolean wait) {
        if (connection().loop().inLoop()) {
            connection().out().send(message);
        } else {
            handOver(message, wait);
        }
    }

    private void send(Opcode opcode, ByteBuffer payload) {
        if (connection().loop().inLoop()) {
            connection().out().send(opcode, payload);
        } else if (isOpen()) {
            handOver(Message.of(opcode, payload), true);
        }
    }

    @Override
    public boolean offer(OutboundMessage message) {
        Message sent = message.message();
        if (connection().loop().inLoop()) {
            return connection().out().offer(sent);
        }
        if (!isOpen()) {
            return false;
        }
        long before = IN_TRANSIT.getAndAdd(
                this, MessageLoad.MESSAGE + sent.size()); // added first: of two threads, one sees the other's
        if (MessageLoad.memory(before, LoopBackpressure.TASK_SIZE) + MessageLoad.memory(backlog, EncodedFrame.OVERHEAD)
                >= limit()) {
            IN_TRANSIT.addAndGet(this, -MessageLoad.MESSAGE - sent.size());
            return false;
        }
        connection().loop().backpressure().carry(sent.size(), true, () -> take(sent));
        return true;
    }

    @Override
    public long backlog() {
        return MessageLoad.bytes(inTransit) + MessageLoad.bytes(backlog);
    }

    /** Publishes the size of the outbox to other threads. For the loop. */
    void publishBacklog(long bytes, int frames) {
        assert connection().loop().inLoop();
        long now = frames * MessageLoad.MESSAGE + bytes;
        if (backlog != now) {
            BACKLOG.lazySet(this, now);
        }
    }

    /** The memory of what other threads have sent and that is not in the outbox yet, in bytes. For the loop. */
    long inTransit() {
        return MessageLoad.memory(inTransit, LoopBackpressure.TASK_SIZE);
    }

    /**
     * Hands a message to the loop. A thread that sends faster than the loop takes has to wait. Otherwise the messages
     * under way could grow without bound. It waits for the loop's next pass, not for the peer. For messages to another
     * loop, and for all its sessions together, see {@link LoopBackpressure}.
     *
     * @param wait whether the thread may wait here
     */
    private void handOver(Message message, boolean wait) {
        if (!isOpen()) {
            return;
        }
        long underWay = IN_TRANSIT.addAndGet(this, MessageLoad.MESSAGE + message.size());
        connection().loop().backpressure().carry(message.size(), wait, () -> take(message));
        if (wait && MessageLoad.memory(underWay, LoopBackpressure.TASK_SIZE) > limit()) {
            connection().loop().awaitPass();
        }
    }

    /** Takes a message, on the loop. At no time is the message neither in transit nor in the outbox. */
    private void take(Message message) {
        try {
            connection().out().send(message);
        } catch (Throwable t) {
            connection().fail(t);
        } finally {
            IN_TRANSIT.addAndGet(this, -MessageLoad.MESSAGE - message.size());
        }
    }

    private int limit() {
        return connection().binding().limits().outbox();
    }
}
