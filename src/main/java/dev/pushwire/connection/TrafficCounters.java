package dev.pushwire.connection;

import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What went over one kind of connections of an event loop since it started. Counted by the loop's own thread with plain stores, so that counting
 * shares nothing with other threads; any thread may read, and sees each number a moment late at most.
 */
public final class TrafficCounters {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    /** A cache line on either side, so that no neighbour in memory slows the counting. */
    private static final int PADDING = 8;

    private static final int FRAMES_RECEIVED = PADDING;
    private static final int FRAMES_SENT = FRAMES_RECEIVED + 16;
    private static final int MESSAGES_RECEIVED = FRAMES_SENT + 16;
    private static final int BYTES_RECEIVED = MESSAGES_RECEIVED + 1;
    private static final int BYTES_SENT = BYTES_RECEIVED + 1;
    private static final int INFLATE_IN = BYTES_SENT + 1;
    private static final int INFLATE_OUT = INFLATE_IN + 1;
    private static final int DEFLATE_IN = INFLATE_OUT + 1;
    private static final int DEFLATE_OUT = DEFLATE_IN + 1;
    private static final int DROPPED = DEFLATE_OUT + 1;
    private static final int CONFLATED = DROPPED + 1;

    private final long[] slots = new long[CONFLATED + 1 + PADDING];

    void frameReceived(Opcode opcode) {
        add(FRAMES_RECEIVED + opcode.code(), 1);
    }

    void frameSent(int opcode) {
        add(FRAMES_SENT + opcode, 1);
    }

    /** Of a unit, each. */
    void framesSent(EncodedFrame frame) {
        for (EncodedFrame part = frame; part != null; part = part.then()) {
            if (part.opcode() >= 0) {
                frameSent(part.opcode());
            }
        }
    }

    void messageReceived() {
        add(MESSAGES_RECEIVED, 1);
    }

    void bytesReceived(int count) {
        add(BYTES_RECEIVED, count);
    }

    void bytesSent(int count) {
        add(BYTES_SENT, count);
    }

    void inflated(int before, int after) {
        add(INFLATE_IN, before);
        add(INFLATE_OUT, after);
    }

    void deflated(int before, int after) {
        add(DEFLATE_IN, before);
        add(DEFLATE_OUT, after);
    }

    void shed(DropCounts shed) {
        add(DROPPED, shed.dropped());
        add(CONFLATED, shed.conflated());
    }

    public long framesReceived(Opcode opcode) {
        return get(FRAMES_RECEIVED + opcode.code());
    }

    public long framesSent(Opcode opcode) {
        return get(FRAMES_SENT + opcode.code());
    }

    /** Whole messages, however many frames they came in. */
    public long messagesReceived() {
        return get(MESSAGES_RECEIVED);
    }

    /** Whole messages; each is sent as one frame. */
    public long messagesSent() {
        return framesSent(Opcode.TEXT) + framesSent(Opcode.BINARY);
    }

    /** On the wire, headers included, from the first byte behind the opening handshake. */
    public long bytesReceived() {
        return get(BYTES_RECEIVED);
    }

    /** On the wire, headers included, from the first byte behind the opening handshake. */
    public long bytesSent() {
        return get(BYTES_SENT);
    }

    /** Payload bytes of compressed messages received, as they came. */
    public long bytesBeforeInflating() {
        return get(INFLATE_IN);
    }

    /** Payload bytes of compressed messages received, as the endpoint got them. */
    public long bytesAfterInflating() {
        return get(INFLATE_OUT);
    }

    /** Payload bytes of messages that were sent compressed, as the endpoint gave them. */
    public long bytesBeforeDeflating() {
        return get(DEFLATE_IN);
    }

    /** Frame bytes of messages that were sent compressed, as they went. */
    public long bytesAfterDeflating() {
        return get(DEFLATE_OUT);
    }

    /** Messages that slow peers missed because they were among the oldest that waited. */
    public long dropped() {
        return get(DROPPED);
    }

    /** Messages that slow peers missed because newer ones stood for them. */
    public long conflated() {
        return get(CONFLATED);
    }

    private void add(int slot, long count) {
        SLOT.setOpaque(slots, slot, slots[slot] + count);
    }

    private long get(int slot) {
        return (long) SLOT.getOpaque(slots, slot);
    }
}
