package dev.pushwire.engineio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.engineio.EnginePacket.Text;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One client of Engine.IO, from its handshake to its end. Thread-safe. */
public final class EngineSession {
    private final String id;
    private final EngineTransport transport;
    private final AtomicReference<@Nullable CloseReason> closed = new AtomicReference<>();
    private volatile @Nullable EngineListener listener; // null only before the session is opened

    EngineSession(String id, EngineTransport transport) {
        this.id = id;
        this.transport = transport;
    }

    void open(EngineListener above) {
        this.listener = above;
    }

    /** Known to the client alone: its holder speaks for the client. */
    public String id() {
        return id;
    }

    /** The client's connection. */
    public Session connection() {
        return transport.connection();
    }

    /** Sends a message of the WebSocket transport: text with its packet's type, or binary data. */
    public void send(OutboundMessage message) {
        transport.send(message);
    }

    /** The same, but never waits for the event loop: for a sender that holds a lock. */
    public void sendUnpaced(OutboundMessage message) {
        transport.sendUnpaced(message);
    }

    /**
     * The same, unless too much waits for the client.
     *
     * @return whether the message was taken
     */
    public boolean offer(OutboundMessage message) {
        return transport.offer(message);
    }

    /** Whether the session has not ended. */
    public boolean isOpen() {
        return closed.get() == null && transport.isOpen();
    }

    /** Ends the session; once, for the first reason. */
    public void close(CloseReason reason) {
        if (closed.compareAndSet(null, reason)) {
            transport.close(reason);
            listener().closed(reason);
        }
    }

    private EngineListener listener() {
        return Objects.requireNonNull(listener, "opened");
    }

    /** A text message of the transport. */
    void receive(String message) {
        try {
            receive(EngineCodec.readText(message));
        } catch (EngineException e) {
            close(e.reason());
        }
    }

    private void receive(Text packet) throws EngineException {
        switch (packet.type()) {
            case MESSAGE -> listener().text(packet.data());
            case CLOSE -> close(CloseReason.TRANSPORT_CLOSE);
            case PING -> throw new EngineException(CloseReason.TRANSPORT_ERROR); // only servers ping
            case PONG -> listener().ponged();
            case OPEN, UPGRADE, NOOP -> {} // mean nothing here, and do no harm
        }
    }

    /** A binary message of the transport. */
    void receive(ByteBuffer data) {
        try {
            listener().binary(data);
        } catch (EngineException e) {
            close(e.reason());
        }
    }

    /** @return whether the session goes on */
    boolean sweep(long now) {
        if (!transport.isOpen()) {
            close(CloseReason.TRANSPORT_CLOSE); // the transport may not have had the time to say so
            return false;
        }
        listener().swept(now);
        return true;
    }
}
