package dev.pushwire.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A socket that the test plays: what arrives and in which pieces, how much it takes, and when it fails. */
final class FakeTransport implements Transport {
    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final List<String> misuses = new ArrayList<>();
    private boolean peerFinished;
    private boolean broken;
    private long room = Long.MAX_VALUE;
    private int writes;
    private boolean wantsRead = true;
    private boolean wantsWrite;
    private boolean finished;
    private boolean closed;
    private boolean mayHoldInput;
    private boolean holdsInput;
    private boolean holdsOutput;
    private Error error; // what everything fails with

    // The peer's side

    /** One read will bring these bytes, or the first of them if there is no room for all. */
    void arrives(byte[] bytes) {
        arriving.add(bytes);
    }

    /**
     * As with {@link #arrives}, but the bytes were taken from the socket before, as with TLS. So a selector does not
     * report them.
     */
    void holds(byte[] bytes) {
        arriving.add(bytes);
        mayHoldInput = true;
        holdsInput = true;
    }

    /** Whether the transport, as TLS may do, keeps back some of what it took for longer than the socket has no room. */
    void holdsOutput(boolean holds) {
        holdsOutput = holds;
    }

    /** The peer shuts its side: nothing more comes after what has arrived. */
    void peerFinishes() {
        peerFinished = true;
    }

    /** From now on the socket takes so many bytes and no more. */
    void takes(long bytes) {
        room = bytes;
    }

    void takesAll() {
        takes(Long.MAX_VALUE);
    }

    /** The peer resets the connection: nothing works any more. */
    void breaks() {
        broken = true;
    }

    /** From now on everything fails, with an error that no transport should throw. */
    void throwsAtEverything(Error what) {
        error = what;
    }

    byte[] taken() {
        return taken.toByteArray();
    }

    // What a selector would report

    boolean isReadable() {
        return wantsRead && !closed && !holdsInput && (broken || peerFinished || !arriving.isEmpty());
    }

    boolean isWritable() {
        return wantsWrite && !closed && (broken || (room > 0 && !holdsOutput));
    }

    // What the connection did

    int writes() {
        return writes;
    }

    boolean wantsRead() {
        return wantsRead;
    }

    boolean wantsWrite() {
        return wantsWrite;
    }

    boolean isFinished() {
        return finished;
    }

    boolean isClosed() {
        return closed;
    }

    /** Calls that a connection must never make. */
    List<String> misuses() {
        return misuses;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throwIfAsked();
        expect(wantsRead, "read without wanting to");
        expect(!closed, "read after close");
        failIfBroken();
        byte[] bytes = arriving.poll();
        holdsInput &= !arriving.isEmpty();
        if (bytes == null) {
            return peerFinished ? -1 : 0;
        }
        int count = Math.min(bytes.length, target.remaining());
        target.put(bytes, 0, count);
        if (count < bytes.length) {
            arriving.addFirst(Arrays.copyOfRange(bytes, count, bytes.length));
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        throwIfAsked();
        writes++;
        expect(source.hasRemaining() || holdsOutput, "write of nothing");
        expect(!finished, "write after finishOutput");
        expect(!closed, "write after close");
        failIfBroken();
        int count = (int) Math.min(source.remaining(), room);
        byte[] bytes = new byte[count];
        source.get(bytes);
        taken.writeBytes(bytes);
        room -= room == Long.MAX_VALUE ? 0 : count;
        return count;
    }

    @Override
    public boolean mayHoldInput() {
        return mayHoldInput;
    }

    @Override
    public boolean holdsOutput() {
        return holdsOutput;
    }

    @Override
    public void wantRead(boolean want) {
        throwIfAsked();
        wantsRead = want;
    }

    @Override
    public void wantWrite(boolean want) {
        throwIfAsked();
        wantsWrite = want;
    }

    @Override
    public void finishOutput() throws IOException {
        throwIfAsked();
        expect(!finished, "finishOutput twice");
        failIfBroken();
        finished = true;
    }

    @Override
    public void close() {
        expect(!closed, "close twice");
        closed = true;
        throwIfAsked();
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    private void throwIfAsked() {
        if (error != null) {
            throw error;
        }
    }

    private void failIfBroken() throws IOException {
        if (broken) {
            throw new IOException("Connection reset by peer");
        }
    }

    private void expect(boolean holds, String misuse) {
        if (!holds) {
            misuses.add(misuse);
        }
    }
}
