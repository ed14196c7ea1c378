package dev.pushwire.socketio;

import dev.pushwire.socketio.PacketReader.Read;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one connection together to packets: a packet with attachments comes in as many messages more. Not
 * thread-safe.
 */
final class PacketAssembler {
    private final int maxSize;
    private @Nullable Packet waiting; // for its attachments
    private int missing;
    private int size;
    private List<ByteBuffer> attachments = List.of();

    /** @param maxSize of a packet with its attachments: characters and bytes */
    PacketAssembler(int maxSize) {
        this.maxSize = maxSize;
    }

    /** @return the packet; null while attachments of it are still to come */
    @Nullable
    Packet text(String message) throws PacketException {
        if (waiting != null) {
            throw new PacketException("text where an attachment was due");
        }
        Read read = PacketReader.read(message);
        if (read.attachments() == 0) {
            return read.packet();
        }
        waiting = read.packet();
        missing = read.attachments();
        attachments = new ArrayList<>(missing);
        size = message.length();
        return null;
    }

    /**
     * @param data is copied
     * @return the packet; null while more of it is still to come
     */
    @Nullable
    Packet binary(ByteBuffer data) throws PacketException {
        Packet packet = waiting;
        if (packet == null) {
            throw new PacketException("an attachment of no packet");
        }
        size += data.remaining();
        if (size > maxSize) {
            throw new PacketException("a packet that is too large");
        }
        byte[] copy = new byte[data.remaining()];
        data.get(data.position(), copy);
        attachments.add(ByteBuffer.wrap(copy).asReadOnlyBuffer());
        missing--;
        if (missing > 0) {
            return null;
        }
        Packet whole = packet.with(attachments);
        reset();
        return whole;
    }

    /** Bytes held for a packet that is not whole. */
    int held() {
        return waiting == null ? 0 : size;
    }

    boolean isWaiting() {
        return waiting != null;
    }

    /** Forgets a packet that is not whole. */
    void reset() {
        waiting = null;
        missing = 0;
        size = 0;
        attachments = List.of();
    }
}
