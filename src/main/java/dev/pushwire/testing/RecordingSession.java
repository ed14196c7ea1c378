package dev.pushwire.testing;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A session without a connection. It records what it is sent, and the status that it is closed with. As on a real
 * session, messages after the close are ignored, and only the first close counts. It makes no callbacks: the test
 * itself calls the endpoint's {@code onClose}.
 *
 * <p>Thread-safe: any thread may send, close, and look at what was sent. When {@code send} returns, the message has
 * been recorded.
 */
public final class RecordingSession implements LeasedSession {
    private static final AtomicLong IDS = new AtomicLong();

    private final String id = "test-" + IDS.incrementAndGet();
    private final Handshake handshake;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final Set<RecordingGroup> groups = ConcurrentHashMap.newKeySet();
    private final List<OutboundMessage> sent = new ArrayList<>(); // guarded by this, as are the next
    private AccessLease lease;
    private @Nullable CloseStatus closedWith;
    private @Nullable Heartbeat heartbeat;
    private boolean refusesOffers;
    private long backlog;

    /** Makes an anonymous session without path variables. */
    public RecordingSession() {
        this(TestHandshake.to("/"));
    }

    /**
     * Makes a session that began with this handshake: it has the handshake's path variables, principal and address. The
     * first subprotocol that the handshake offers is in use.
     */
    public RecordingSession(Handshake handshake) {
        this.handshake = handshake;
        this.lease = AccessLease.lasting(handshake.principal());
    }

    /** All messages that were sent, in order; a copy. A unit counts as its messages. */
    public synchronized List<OutboundMessage> sent() {
        return List.copyOf(sent);
    }

    /** The text messages that were sent, in order; a copy. */
    public List<String> texts() {
        return sent().stream()
                .filter(OutboundMessage::isText)
                .map(OutboundMessage::text)
                .toList();
    }

    /** The binary messages that were sent, in order, each from position to limit; a copy. */
    public List<ByteBuffer> binaries() {
        return sent().stream()
                .filter(message -> !message.isText())
                .map(OutboundMessage::payload)
                .toList();
    }

    /** Forgets what was sent. */
    public synchronized void clear() {
        sent.clear();
    }

    /** The status that the session was closed with; 1006 after {@link #disconnect}; null while it is open. */
    public synchronized @Nullable CloseStatus closedWith() {
        return closedWith;
    }

    /**
     * Ends the connection without a Close, as if the client had vanished. Does nothing if the session is closed
     * already.
     */
    public void disconnect() {
        end(CloseStatus.ABNORMAL);
    }

    /** Sets whether {@code offer} refuses messages, as on a session with a full outbox. At first it takes them. */
    public synchronized void setRefusesOffers(boolean refuses) {
        this.refusesOffers = refuses;
    }

    /**
     * Sets the result of {@link #backlog}; 0 at first.
     *
     * @param bytes the new result
     */
    public synchronized void setBacklog(long bytes) {
        this.backlog = bytes;
    }

    @Override
    public void send(String text) {
        send(OutboundMessage.text(text));
    }

    @Override
    public void send(Text text) {
        send(OutboundMessage.text(text));
    }

    @Override
    public void send(ByteBuffer data) {
        send(OutboundMessage.binary(data));
    }

    @Override
    public synchronized void send(OutboundMessage message) {
        if (closedWith == null) {
            sent.addAll(message.parts());
        }
    }

    @Override
    public synchronized boolean offer(OutboundMessage message) {
        return !refusesOffers && closedWith == null && sent.addAll(message.parts());
    }

    @Override
    public synchronized long backlog() {
        return backlog;
    }

    /** The heartbeat that the session was given last; null for none. It never beats. */
    public synchronized @Nullable Heartbeat heartbeat() {
        return heartbeat;
    }

    @Override
    public synchronized void heartbeat(@Nullable Heartbeat next) {
        heartbeat = next;
    }

    @Override
    public void close(CloseStatus status) {
        if (!CloseCode.mayBeSent(status.code())) {
            throw new IllegalArgumentException("Close code " + status.code() + " must not be sent");
        }
        end(status);
    }

    private void end(CloseStatus status) {
        synchronized (this) {
            if (closedWith != null) {
                return;
            }
            closedWith = status;
        }
        groups.forEach(group -> group.remove(this));
    }

    /** Removes this session from the group when it closes; at once if it has closed already. */
    void entered(RecordingGroup group) {
        groups.add(group);
        if (!isOpen()) {
            group.remove(this);
        }
    }

    void left(RecordingGroup group) {
        groups.remove(group);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public synchronized AccessLease lease() {
        return lease;
    }

    @Override
    public synchronized boolean replaceLease(AccessLease present, AccessLease next) {
        if (closedWith != null || lease != present) {
            return false;
        }
        lease = next;
        return true;
    }

    @Override
    public @Nullable String subprotocol() {
        List<String> offered = handshake.offeredSubprotocols();
        return offered.isEmpty() ? null : offered.getFirst();
    }

    @Override
    public Map<String, String> pathVariables() {
        return handshake.pathVariables();
    }

    @Override
    public String remoteAddress() {
        return handshake.remoteAddress();
    }

    @Override
    public Map<String, Object> attributes() {
        return attributes;
    }

    @Override
    public synchronized boolean isOpen() {
        return closedWith == null;
    }

    @Override
    public String toString() {
        return "Session " + id + " of a test";
    }
}
