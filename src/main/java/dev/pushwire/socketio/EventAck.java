package dev.pushwire.socketio;

import dev.pushwire.endpoint.OutboundMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers one event of a socket. */
final class EventAck implements Ack {
    private final ServerSocket socket;
    private final ArgumentCodec codec;
    private final long id;
    private final AtomicBoolean sent = new AtomicBoolean();

    /** @param id {@link Packet#NO_ACK} if the client wants no answer */
    EventAck(ServerSocket socket, ArgumentCodec codec, long id) {
        this.socket = socket;
        this.codec = codec;
        this.id = id;
    }

    @Override
    public boolean isWanted() {
        return id != Packet.NO_ACK;
    }

    @Override
    public void send(@Nullable Object... values) {
        if (isWanted() && !sent.get()) {
            Arguments arguments = codec.encode(values);
            if (first()) {
                socket.send(packet(arguments));
            }
        }
    }

    /** Sends one argument. Never waits for the event loop, so callers may hold a lock. */
    void sendUnpaced(String json) {
        if (isWanted() && first()) {
            OutboundMessage message =
                    packet(new Arguments("[" + json + "]", List.of())).message();
            socket.client().engine().sendUnpaced(message);
        }
    }

    private boolean first() {
        return socket.isConnected() && sent.compareAndSet(false, true);
    }

    private Outgoing packet(Arguments arguments) {
        String text = PacketWriter.ack(
                socket.namespace(),
                id,
                arguments.json(),
                arguments.attachments().size());
        return Outgoing.of(text, arguments.attachments(), false);
    }
}
