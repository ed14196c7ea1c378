package dev.pushwire.socketio;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers one event of a socket. */
final class EventAck implements Ack {
    private final ServerSocket socket;
    private final ArgumentCodec codec;
    private final long id;
    private final AtomicBoolean sent = new AtomicBoolean();

    /** @param id {@link Packet#NO_ACK} when no answer is asked for */
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
        if (!isWanted() || sent.get()) {
            return;
        }
        Arguments arguments = codec.encode(values);
        if (socket.isConnected() && sent.compareAndSet(false, true)) {
            String text = PacketWriter.ack(
                    socket.namespace(), id, arguments.json(), arguments.attachments().size());
            socket.send(Outgoing.of(text, arguments.attachments(), false));
        }
    }
}
