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
 * The way of a message from any thread to the connection's event loop, and the count of what is on it. A part of {@link
 * ConnectionSession}; it has no object of its own, since there is one for each idle connection too.
 */
abstract sealed class SendingSession implements LeasedSession permits ConnectionSession {
    private static final AtomicLongFieldUpdater<SendingSession> IN_TRANSIT =
            AtomicLongFieldUpdater.newUpdater(SendingSession.class, "inTransit");

    private static final AtomicLongFieldUpdater<SendingSession> BACKLOG =
            AtomicLongFieldUpdater.newUpdater(SendingSession.class, "backlog");

    /** Of the messages on the way from other threads to the loop: how many, in units of {@link MessageLoad#MESSAGE}, and their bytes. */
    private volatile long inTransit;

    /** Of the outbox, for other threads to see, in the same way: how many frames it holds, and their bytes. */
    private volatile long backlog;

    /** The one that carries what is sent. */
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
                this, MessageLoad.MESSAGE + sent.size()); // at once: of two threads one sees the other's
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

    /** For the loop: what other threads are to see of the outbox. */
    void publishBacklog(long bytes, int frames) {
        assert connection().loop().inLoop();
        long now = frames * MessageLoad.MESSAGE + bytes;
        if (backlog != now) {
            BACKLOG.lazySet(this, now);
        }
    }

    /** For the loop: the memory of what other threads have sent and that is not in the outbox yet, in bytes. */
    long inTransit() {
        return MessageLoad.memory(inTransit, LoopBackpressure.TASK_SIZE);
    }

    /**
     * Hands a message to the loop. A thread that sends faster than the loop takes waits for it, or what is under way could
     * grow without bound; that is a wait for the loop's next pass, not for the peer. For another loop, and for all its
     * sessions together, see {@link LoopBackpressure}.
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

    /** On the loop. At no time is the message neither in transit nor in the outbox. */
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
