package dev.pushwire.endpoint;

import dev.pushwire.protocol.DropPolicy;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
     * Several messages as one: no other comes between them, and they are left out together or not at all. Each goes out as a
     * message of its own.
     *
     * @param messages at least one; what {@link #orDropped} or {@link #orConflated} said of them counts no more
     */
    public static OutboundMessage unit(List<OutboundMessage> messages) {
        throw new UnsupportedOperationException("not yet");
    }

    /** A message of the same type whose content has these bytes before the content of this one, which is not copied. */
    public OutboundMessage withHead(byte[] head) {
        return wrapped(head, new byte[0]);
    }

    /**
     * A message of the same type whose content is that of this one, which is not copied, between others: an event's
     * {@code data: } and its empty line, for instance.
     */
    public OutboundMessage wrapped(byte[] head, byte[] tail) {
        throw new UnsupportedOperationException("not yet");
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
