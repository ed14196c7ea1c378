package dev.pushwire.connection;

import dev.pushwire.protocol.DropPolicy;
import dev.pushwire.protocol.EncodedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to be written to one connection: a ring of references to encoded frames, which all connections
 * that get the same message share. It holds next to nothing while it is empty.
 */
final class Outbox {
    private static final int SMALLEST = 4;
    private static final int NONE = -1;
    /** The size of a reference, in bytes. */
    private static final int PLACE = 4;
    /** The limit lets the other connections of the loop have a turn. */
    private static final int WRITES_PER_FLUSH = 8;

    private @Nullable EncodedFrame @Nullable [] ring; // its length is a power of two
    private int head;
    private int count;
    private int headWritten; // bytes of the head that the socket has taken
    private boolean headCut; // the head begins in the middle of a frame
    private int pong = NONE; // how many frames after the head the answer to a ping waits
    private long bytes;
    private int held; // how many frames, from the head on, were told by hold() that they are held
    private int overheads; // bytes that the frames take of the heap besides their own
    private long unaccounted; // the change of what is held since account(); may be negative

    boolean isEmpty() {
        return count == 0;
    }

    /** How many bytes wait, as they go over the wire. */
    long bytes() {
        return bytes;
    }

    /** How many frames wait. The messages of a unit count one by one. */
    int frames() {
        return overheads / EncodedFrame.OVERHEAD;
    }

    /** The approximate heap of what waits, if no other outbox holds the same frames. */
    long memory() {
        return bytes + overheads;
    }

    /**
     * Counts what is held. Frames that come and go between two calls are never counted. So a message to many that all
     * take it at once costs nothing here.
     *
     * @return by how many bytes the memory of all outboxes has grown since the last call; negative if it has shrunk
     */
    long account() {
        holdAll();
        long change = unaccounted;
        unaccounted = 0;
        return change;
    }

    private void holdAll() {
        for (; held < count; held++) {
            unaccounted += at(held).hold();
        }
    }

    void add(EncodedFrame frame) {
        @Nullable EncodedFrame[] to = withRoom();
        to[(head + count) & (to.length - 1)] = frame;
        count++;
        bytes += frame.size();
        overheads += frame.overhead();
    }

    /** Adds what the socket left of other frames. Nothing waits before it. */
    void addRest(EncodedFrame rest) {
        add(rest);
        headCut = true;
    }

    /**
     * Adds the answer to a ping, or replaces the one that waits. Only the latest ping needs an answer (RFC 6455,
     * section 5.5.3), and the answer comes no later than the first would have.
     *
     * @return whether it was added
     */
    boolean putPong(EncodedFrame frame) {
        if (hasUnbegunPong()) {
            EncodedFrame former = at(pong);
            bytes += frame.size() - former.size();
            if (pong < held) {
                unaccounted += frame.hold() - former.release();
            }
            Objects.requireNonNull(ring)[place(pong)] = frame;
            return false;
        }
        add(frame);
        pong = count - 1;
        return true;
    }

    /** Whether an answer to a ping waits, and the socket has not begun with it. */
    boolean hasUnbegunPong() {
        return pong >= begun();
    }

    /** How many frames the socket has begun with: none, or the head. */
    private int begun() {
        return headWritten > 0 || headCut ? 1 : 0;
    }

    /**
     * Writes frames, as many in one write as {@code scratch} holds, until the socket takes no more.
     *
     * @return how many bytes it took
     */
    int flush(Transport transport, ByteBuffer scratch) throws IOException {
        int total = 0;
        for (int writes = 0; count > 0 && writes < WRITES_PER_FLUSH; writes++) {
            scratch.clear();
            gather(scratch);
            scratch.flip();
            int written = transport.write(scratch);
            total += written;
            consume(written);
            if (scratch.hasRemaining()) {
                break;
            }
        }
        return total;
    }

    /**
     * Takes frames for a peer that collects them. The socket has begun with none of them.
     *
     * @param most how many bytes in all; the first frame is taken however large it is
     * @return empty if nothing waits
     */
    byte[] take(int most) {
        int size = 0;
        int frames = 0;
        while (frames < count && (frames == 0 || size + at(frames).size() <= most)) {
            size += at(frames++).size();
        }
        ByteBuffer taken = ByteBuffer.allocate(size);
        for (int i = 0; i < frames; i++) {
            at(i).copyTo(taken, 0);
        }
        consume(size);
        return taken.array();
    }

    /**
     * Drops frames that the peer may miss: first those that newer ones replace, then the oldest, until at most
     * {@code goal} bytes of memory are taken. A frame that the socket has begun with stays.
     */
    DropCounts shed(long goal) {
        holdAll();
        int first = begun();
        Set<Object> newer = new HashSet<>();
        int conflated = 0;
        for (int i = count - 1; i >= first; i--) {
            DropPolicy how = at(i).dropPolicy();
            if (how != null && how.subject() != null && !newer.add(how.subject())) {
                conflated += leaveOut(i);
            }
        }
        int dropped = 0;
        for (int i = first; i < count && memory() > goal; i++) {
            EncodedFrame frame = Objects.requireNonNull(ring)[place(i)];
            if (frame != null
                    && frame.dropPolicy() != null
                    && frame.dropPolicy().subject() == null) {
                dropped += leaveOut(i);
            }
        }
        if (conflated + dropped > 0) {
            closeGaps();
        }
        return new DropCounts(dropped, conflated);
    }

    /** @return how many messages were dropped */
    private int leaveOut(int index) {
        EncodedFrame frame = at(index);
        bytes -= frame.size();
        overheads -= frame.overhead();
        unaccounted -= frame.release();
        Objects.requireNonNull(ring)[place(index)] = null;
        return frame.messages();
    }

    private void closeGaps() {
        @Nullable EncodedFrame[] frames = Objects.requireNonNull(ring);
        int left = 0;
        for (int i = 0; i < count; i++) {
            EncodedFrame frame = frames[place(i)];
            frames[place(i)] = null;
            if (frame != null) {
                if (i == pong) {
                    pong = left;
                }
                frames[place(left++)] = frame;
            }
        }
        count = left;
        held = left;
    }

    /**
     * Forgets all but the rest of a frame whose beginning is written, since the peer could read nothing more without
     * it.
     *
     * @param keepHead whether the head must stay, too, though nothing of it is written
     */
    void discardUnsent(boolean keepHead) {
        EncodedFrame kept = keepHead || begun() > 0 ? at(0) : null;
        int written = headWritten;
        clear();
        if (kept != null) {
            add(kept);
            headWritten = written;
            headCut = true;
            bytes -= written;
        }
    }

    /** Gives up all waiting frames. No part of them is written. */
    List<EncodedFrame> takeAll() {
        assert begun() == 0;
        List<EncodedFrame> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(at(i));
        }
        clear();
        return all;
    }

    void clear() {
        for (int i = 0; i < held; i++) {
            unaccounted -= at(i).release();
        }
        held = 0;
        dropRing();
        head = 0;
        count = 0;
        overheads = 0;
        headWritten = 0;
        headCut = false;
        pong = NONE;
        bytes = 0;
    }

    private void gather(ByteBuffer scratch) {
        int from = headWritten;
        for (int i = 0; i < count && scratch.hasRemaining(); i++) {
            at(i).copyTo(scratch, from);
            from = 0;
        }
    }

    private void consume(int written) {
        bytes -= written;
        int left = written;
        while (left > 0) {
            int rest = at(0).size() - headWritten;
            if (left < rest) {
                headWritten += left;
                return;
            }
            left -= rest;
            removeHead();
        }
    }

    private void removeHead() {
        @Nullable EncodedFrame[] from = Objects.requireNonNull(ring);
        EncodedFrame gone = at(0);
        overheads -= gone.overhead();
        if (held > 0) {
            unaccounted -= gone.release();
            held--;
        }
        from[head] = null;
        head = (head + 1) & (from.length - 1);
        headWritten = 0;
        headCut = false;
        count--;
        pong = Math.max(NONE, pong - 1);
        if (count == 0 && from.length > SMALLEST) {
            dropRing();
            head = 0;
        }
    }

    private void dropRing() {
        if (ring != null) {
            unaccounted -= (long) ring.length * PLACE;
            ring = null;
        }
    }

    private int place(int index) {
        return (head + index) & (Objects.requireNonNull(ring).length - 1);
    }

    private EncodedFrame at(int index) {
        @Nullable EncodedFrame[] from = Objects.requireNonNull(ring);
        return Objects.requireNonNull(from[place(index)]);
    }

    private @Nullable EncodedFrame[] withRoom() {
        @Nullable EncodedFrame[] now = ring;
        if (now != null && count < now.length) {
            return now;
        }
        @Nullable EncodedFrame[] larger = new @Nullable EncodedFrame[now == null ? SMALLEST : 2 * now.length];
        unaccounted += (long) (larger.length - (now == null ? 0 : now.length)) * PLACE;
        for (int i = 0; i < count; i++) {
            larger[i] = at(i);
        }
        ring = larger;
        head = 0;
        return larger;
    }
}
