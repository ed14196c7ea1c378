package dev.pushwire.endpoint;

import dev.pushwire.protocol.DropPolicy;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent to any number of sessions, whatever carries them: encoded once for each way that it goes. Immutable.
 */
public final class OutboundMessage {
    private static final byte[] NOTHING = {};

    private final Message message;
    private final @Nullable Object about;

    private OutboundMessage(Message message) {
        this(message, null);
    }

    private OutboundMessage(Message message, @Nullable Object about) {
        this.message = message;
        this.about = about;
    }

    private static OutboundMessage of(Opcode type, ByteBuffer payload) {
        return new OutboundMessage(Message.of(type, payload));
    }

    /** A text message. */
    public static OutboundMessage text(String text) {
        return utf8(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A text message with the content of one that arrived. */
    public static OutboundMessage text(Text text) {
        return utf8(text.utf8());
    }

    /** A text message of UTF-8 from position to limit, which is copied and not consumed; must be valid. */
    public static OutboundMessage utf8(ByteBuffer text) {
        return of(Opcode.TEXT, text);
    }

    /** A binary message of the bytes from position to limit, which are copied and not consumed. */
    public static OutboundMessage binary(ByteBuffer data) {
        return of(Opcode.BINARY, data);
    }

    /** The same message with a word to a session that passes it on, which no peer is sent. */
    public OutboundMessage about(Object what) {
        return new OutboundMessage(message, what);
    }

    /** What {@link #about(Object)} said; null for nothing. */
    public @Nullable Object about() {
        return about;
    }

    /**
     * Several messages as one: no other comes between them, and slow peers miss all of them or none. Each goes out as a message
     * of its own.
     *
     * @param messages at least one; what {@link #orDropped} or {@link #orConflated} said of them counts no more
     */
    public static OutboundMessage unit(List<OutboundMessage> messages) {
        return new OutboundMessage(
                Message.unit(messages.stream().map(each -> each.message).toList()));
    }

    /** A message of the same type with these bytes before the content of this one, which is not copied; valid UTF-8 before a text. */
    public OutboundMessage withHead(byte[] head) {
        return wrapped(head, NOTHING);
    }

    /**
     * A message of the same type whose content is that of this one, which is not copied, between others: behind the
     * {@code data: } of an event, and before its empty line.
     *
     * @param head is copied, as is the tail; valid UTF-8 around a text
     */
    public OutboundMessage wrapped(byte[] head, byte[] tail) {
        return new OutboundMessage(message.wrapped(head, tail));
    }

    /**
     * The same message; but when a session's outbox is full, the oldest messages of this kind that wait in it are left out,
     * before the connection is ended.
     */
    public OutboundMessage orDropped() {
        return new OutboundMessage(message.withDropPolicy(new DropPolicy(null)), about);
    }

    /**
     * The same message; but when a session's outbox is full, it is left out if a newer one with an equal subject waits behind
     * it.
     */
    public OutboundMessage orConflated(Object subject) {
        return new OutboundMessage(message.withDropPolicy(new DropPolicy(subject)), about);
    }

    /** Whether it is a text message; otherwise it is a binary one. Of a unit, the first. */
    public boolean isText() {
        return message.type() == Opcode.TEXT;
    }

    /** The content as text; not for a binary message. Decoded anew at each call. Of a unit, that of the first. */
    public String text() {
        return StandardCharsets.UTF_8.decode(payload()).toString();
    }

    /** The content, a text as UTF-8: from position to limit, read-only. Of a unit, that of the first. */
    public ByteBuffer payload() {
        return message.payload();
    }

    /** The messages of a unit, in order; any other message is its only part. */
    public List<OutboundMessage> parts() {
        List<Message> parts = message.parts();
        return parts.size() == 1
                ? List.of(this)
                : parts.stream().map(OutboundMessage::new).toList();
    }

    /** What it takes in an outbox of WebSocket frames, in bytes. */
    public int size() {
        return message.size();
    }

    /** The message as the event loops know it. */
    public Message message() {
        return message;
    }

    /** The text, or the size of a binary message; of a unit, of each. */
    @Override
    public String toString() {
        List<OutboundMessage> parts = parts();
        if (parts.size() > 1) {
            return parts.toString();
        }
        return isText() ? text() : "binary of " + message.payloadSize() + " bytes";
    }
}
