package dev.pushwire.connection;

import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the traffic of one kind of connections of an event loop since it started. The loop's own thread counts with
 * plain stores, so that counting shares nothing with other threads. Any thread may read, and sees each number a moment
 * late at most.
 */
public final class TrafficCounters {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    /** The padding is a cache line on either side, so that no neighbour in memory slows the counting. */
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

    /** Counts a frame that was sent. The messages of a unit count one by one. */
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

    /** How many messages were received, however many frames they came in. */
    public long messagesReceived() {
        return get(MESSAGES_RECEIVED);
    }

    /** How many messages were sent. Each is one frame. */
    public long messagesSent() {
        return framesSent(Opcode.TEXT) + framesSent(Opcode.BINARY);
    }

    /** How many bytes were received on the wire, headers included, from the first byte after the opening handshake. */
    public long bytesReceived() {
        return get(BYTES_RECEIVED);
    }

    /** How many bytes were sent on the wire, headers included, from the first byte after the opening handshake. */
    public long bytesSent() {
        return get(BYTES_SENT);
    }

    /** The payload of compressed messages received, in bytes as they came. */
    public long bytesBeforeInflating() {
        return get(INFLATE_IN);
    }

    /** The payload of compressed messages received, in bytes as the endpoint got them. */
    public long bytesAfterInflating() {
        return get(INFLATE_OUT);
    }

    /** The payload of messages sent compressed, in bytes as the endpoint gave them. */
    public long bytesBeforeDeflating() {
        return get(DEFLATE_IN);
    }

    /** The frames of messages sent compressed, in bytes as they went. */
    public long bytesAfterDeflating() {
        return get(DEFLATE_OUT);
    }

    /** How many messages slow peers missed because they were among the oldest that waited. */
    public long dropped() {
        return get(DROPPED);
    }

    /** How many messages slow peers missed because newer ones replaced them. */
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
