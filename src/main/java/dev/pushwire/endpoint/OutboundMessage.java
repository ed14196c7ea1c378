package dev.pushwire.endpoint;

import dev.pushwire.protocol.DropPolicy;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A message encoded once, to be sent to many sessions. Immutable. */
public final class OutboundMessage {
    private final EncodedFrame frame;

    private OutboundMessage(Opcode type, ByteBuffer payload) {
        this(EncodedFrame.of(type, payload));
    }

    private OutboundMessage(EncodedFrame frame) {
        this.frame = frame;
    }

    /** A text message. */
    public static OutboundMessage text(String text) {
        return new OutboundMessage(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A text message with the content of one that arrived. */
    public static OutboundMessage text(Text text) {
        return new OutboundMessage(Opcode.TEXT, text.utf8());
    }

    /** A text message of UTF-8 from position to limit, which is copied and not consumed; must be valid. */
    public static OutboundMessage utf8(ByteBuffer text) {
        return new OutboundMessage(Opcode.TEXT, text);
    }

    /** A binary message of the bytes from position to limit, which are copied and not consumed. */
    public static OutboundMessage binary(ByteBuffer data) {
        return new OutboundMessage(Opcode.BINARY, data);
    }

    /**
     * The same message; but when a session's outbox is full, the oldest messages of this kind that wait in it are left out,
     * before the connection is ended.
     */
    public OutboundMessage orDropped() {
        return new OutboundMessage(frame.withDropPolicy(new DropPolicy(null)));
    }

    /**
     * The same message; but when a session's outbox is full, it is left out if a newer one with an equal subject waits behind
     * it.
     */
    public OutboundMessage orConflated(Object subject) {
        return new OutboundMessage(frame.withDropPolicy(new DropPolicy(subject)));
    }

    /** Whether it is a text message; otherwise it is a binary one. */
    public boolean isText() {
        return frame.opcode() == Opcode.TEXT.code();
    }

    /** The content as text; not for a binary message. Decoded anew at each call. */
    public String text() {
        return StandardCharsets.UTF_8.decode(payload()).toString();
    }

    /** The content, a text as UTF-8: from position to limit, read-only. */
    public ByteBuffer payload() {
        return frame.payload();
    }

    /** What it takes in an outbox, in bytes. */
    public int size() {
        return frame.size();
    }

    /** The message as it goes over the wire. */
    public EncodedFrame frame() {
        return frame;
    }

    /** The text, or the size of a binary message. */
    @Override
    public String toString() {
        return isText() ? text() : "binary of " + frame.payloadSize() + " bytes";
    }
}
