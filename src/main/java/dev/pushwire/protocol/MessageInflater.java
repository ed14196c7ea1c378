package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses messages (RFC 7692, section 7.2.2). It stops at the limit: a message that turns out too large has cost
 * its limit and one segment, however large it would have become.
 *
 * <p>Without context takeover, one inflater serves any number of connections, one message after the other. Not
 * thread-safe. Holds native memory until it is closed.
 */
public final class MessageInflater implements Inflation, AutoCloseable {
    /**
     * The bytes that the compressor leaves off each message (7.2.1), and an empty last block. The inflater understands
     * that block only if the message ended where a block does.
     */
    private static final byte[] LAST_TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF};

    /**
     * The same with takeover. Here no block may be marked as the last one, or the inflater would forget what the next
     * message refers to. So empty blocks follow that are not marked: one with codes, and many without. They mean
     * nothing if the message ended where a block does. If it ended in the middle of a block, the inflater takes them
     * for the block's content, and gives an error or output. They are many because the description of a block's codes
     * takes up to 286 bytes, which give no output.
     */
    private static final byte[] TAKEOVER_TAIL =
            HexFormat.of().parseHex("0000ffff" + "0200" + "0000ffff" + "000000ffff".repeat(64));

    /**
     * How many blocks of a message may be marked as the last one, with one more for each {@code BYTES_PER_LAST_BLOCK}.
     * Each costs a reset of the inflater.
     */
    private static final int LAST_BLOCKS = 16;

    private static final int BYTES_PER_LAST_BLOCK = 64;

    private static final int SEGMENT = 64 * 1024;

    private final Inflater inflater = new Inflater(true);
    private final boolean takeover;
    private final byte[] firstSegment;

    /**
     * Takes native memory.
     *
     * @param takeover whether a message may refer to those before it
     * @param scratch the memory for results that fit into it; inflaters of one thread may share it
     */
    public MessageInflater(boolean takeover, byte[] scratch) {
        this.takeover = takeover;
        this.firstSegment = scratch;
    }

    @Override
    public ByteBuffer inflate(ByteBuffer compressed, int limit) {
        if (!compressed.hasRemaining()) {
            return ByteBuffer.allocate(0);
        }
        try {
            return inflateAll(compressed.duplicate(), limit);
        } catch (DataFormatException e) {
            throw ProtocolException.invalidDeflate();
        } finally {
            if (!takeover || inflater.finished()) {
                inflater.reset();
            }
        }
    }

    private ByteBuffer inflateAll(ByteBuffer message, int limit) throws DataFormatException {
        List<byte[]> full = new ArrayList<>(0);
        byte[] segment = firstSegment;
        int size = 0;
        int used = 0;
        int lastBlocks = 0;
        int mostLastBlocks = LAST_BLOCKS + message.remaining() / BYTES_PER_LAST_BLOCK;
        boolean atTail = false;
        ByteBuffer input = message;
        inflater.setInput(input);
        while (true) {
            if (used == segment.length) {
                full.add(segment);
                segment = new byte[SEGMENT];
                used = 0;
            }
            int count = inflater.inflate(segment, used, segment.length - used);
            if (atTail && count > 0) {
                throw ProtocolException.invalidDeflate(); // the message was cut short, and the tail taken for its end
            }
            used += count;
            size += count;
            if (size > limit) {
                throw ProtocolException.tooBig("a message of more than " + limit + " bytes");
            }
            if (inflater.finished()) {
                if (!input.hasRemaining() && !(atTail && takeover)) {
                    return join(full, segment, used, size);
                }
                if (++lastBlocks > mostLastBlocks) {
                    throw ProtocolException.tooBig("a message of more than " + mostLastBlocks + " last blocks");
                }
                inflater.reset(); // 7.2.3.4: a block that is marked as the last may be followed by more
                inflater.setInput(input);
            } else if (used < segment.length) {
                if (input.hasRemaining() || (atTail && !takeover)) {
                    throw ProtocolException.invalidDeflate();
                }
                if (atTail) {
                    return join(full, segment, used, size);
                }
                atTail = true;
                input = ByteBuffer.wrap(takeover ? TAKEOVER_TAIL : LAST_TAIL);
                inflater.setInput(input);
            }
        }
    }

    private static ByteBuffer join(List<byte[]> full, byte[] last, int used, int size) {
        if (full.isEmpty()) {
            return ByteBuffer.wrap(last, 0, used);
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        full.forEach(whole::put);
        return whole.put(last, 0, used).flip();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
