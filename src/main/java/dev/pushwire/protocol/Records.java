package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Messages as records: the text, or {@code b} and the base64 of binary data, and after each U+001E, RECORD SEPARATOR.
 * The answer to a poll carries a number of records. Payloads of Engine.IO have the separators only between packets.
 */
public final class Records {
    /** The byte after each record. */
    public static final byte SEPARATOR = 0x1E;

    private static final byte BINARY = 'b';

    private Records() {}

    /**
     * The message, or the unit of several, of which a frame of records was made. It keeps the frame's policy for slow
     * peers.
     */
    public static Message read(EncodedFrame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(frame.size());
        frame.copyTo(bytes, 0);
        List<Message> messages = read(bytes.array());
        Message all = messages.size() == 1 ? messages.getFirst() : Message.unit(messages);
        return frame.dropPolicy() == null ? all : all.withDropPolicy(frame.dropPolicy());
    }

    /** The messages of which whole records were made. */
    public static List<Message> read(byte[] records) {
        ByteBuffer bytes = ByteBuffer.wrap(records);
        List<Message> messages = new ArrayList<>(1);
        int from = 0;
        for (int i = 0; i < records.length; i++) {
            if (records[i] == SEPARATOR) {
                messages.add(message(bytes.slice(from, i - from)));
                from = i + 1;
            }
        }
        return messages;
    }

    private static Message message(ByteBuffer record) {
        return record.hasRemaining() && record.get(0) == BINARY
                ? Message.of(Opcode.BINARY, Base64.getDecoder().decode(record.slice(1, record.limit() - 1)))
                : Message.of(Opcode.TEXT, record);
    }
}
