package dev.pushwire.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * What one connection still has to send. Messages are not stored, since the frame of each follows from its number. This
 * only keeps which messages are due, and how much of them the socket has taken.
 */
final class Outgoing {
    private final Messages messages;
    private long next; // the number of the message whose frame is being sent
    private int sent; // how many bytes of it were sent
    private long end; // the first message that is not due yet
    private @Nullable ByteBuffer aside; // a frame that is not a numbered message, sent between two of them

    Outgoing(Messages messages) {
        this.messages = messages;
    }

    /** Makes this many more messages due. */
    void due(int count) {
        end += count;
    }

    /** The number that the next message to become due gets. */
    long end() {
        return end;
    }

    /** Sends a frame of at most 125 bytes that is not a numbered message. Drops it if one waits already. */
    void aside(int opcode, byte[] payload) {
        if (aside == null) {
            ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
            frame.put((byte) (0x80 | opcode)).put((byte) (0x80 | payload.length));
            frame.putInt(0).put(payload); // a masking key of zeros
            aside = frame.flip();
        }
    }

    /** Writes what is due. Returns whether the socket has taken all of it. */
    boolean flush(SocketChannel channel, ByteBuffer scratch) throws IOException {
        while (next < end || aside != null) {
            if (aside != null && sent == 0) {
                channel.write(aside);
                if (aside.hasRemaining()) {
                    return false;
                }
                aside = null;
                continue;
            }
            scratch.clear();
            fill(scratch);
            scratch.flip();
            advance(channel.write(scratch));
            if (scratch.hasRemaining()) {
                return false;
            }
        }
        return true;
    }

    private void fill(ByteBuffer scratch) {
        int from = sent;
        for (long number = next; number < end && scratch.hasRemaining(); number++) {
            messages.put(number, from, scratch);
            from = 0;
            if (aside != null) {
                return; // it goes after this message
            }
        }
    }

    private void advance(int written) {
        int left = written;
        while (left > 0) {
            int rest = messages.frameLength(next) - sent;
            if (left < rest) {
                sent += left;
                return;
            }
            left -= rest;
            sent = 0;
            next++;
        }
    }
}
