package dev.pushwire.socketio;

import dev.pushwire.socketio.PacketReader.Read;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assembles packets from the messages of one connection: each attachment of a packet comes in a message of its own. Not
 * thread-safe.
 */
final class PacketAssembler {
    private final int maxSize;
    private @Nullable Packet waiting; // for its attachments
    private int missing;
    private int size;
    private List<ByteBuffer> attachments = List.of();

    /** @param maxSize the largest packet with its attachments, in characters and bytes */
    PacketAssembler(int maxSize) {
        this.maxSize = maxSize;
    }

    /**
     * Takes a text message.
     *
     * @return the packet; null while attachments of it are still to come
     */
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
     * Takes a binary message.
     *
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

    /** The memory of an incomplete packet, in bytes. */
    int held() {
        return waiting == null ? 0 : size;
    }

    boolean isWaiting() {
        return waiting != null;
    }

    /** Drops an incomplete packet. */
    void reset() {
        waiting = null;
        missing = 0;
        size = 0;
        attachments = List.of();
    }
}
