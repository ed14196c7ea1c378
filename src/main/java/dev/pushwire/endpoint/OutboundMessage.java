package dev.pushwire.endpoint;

import dev.pushwire.protocol.DropPolicy;
import dev.pushwire.protocol.Message;
import dev.pushwire.protocol.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to any number of sessions, over any transport. It is encoded once for each form in which it goes out.
 * Immutable.
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

    /**
     * A text message of the UTF-8 from position to limit. The bytes must be valid UTF-8. They are copied, and the
     * buffer's position stays.
     */
    public static OutboundMessage utf8(ByteBuffer text) {
        return of(Opcode.TEXT, text);
    }

    /** A binary message of the bytes from position to limit. They are copied, and the buffer's position stays. */
    public static OutboundMessage binary(ByteBuffer data) {
        return of(Opcode.BINARY, data);
    }

    /** The same message with a note for a session that passes it on. No peer is sent the note. */
    public OutboundMessage about(Object what) {
        return new OutboundMessage(message, what);
    }

    /** The note of {@link #about(Object)}; null for none. */
    public @Nullable Object about() {
        return about;
    }

    /**
     * Several messages as one unit. No other message comes between them, and a slow peer misses all of them or none.
     * Each goes out as a message of its own.
     *
     * @param messages at least one; what {@link #orDropped} or {@link #orConflated} set for them no longer applies
     */
    public static OutboundMessage unit(List<OutboundMessage> messages) {
        return new OutboundMessage(
                Message.unit(messages.stream().map(each -> each.message).toList()));
    }

    /**
     * A message of the same type with these bytes before the content of this one, which is not copied. Before a text
     * they must be valid UTF-8.
     */
    public OutboundMessage withHead(byte[] head) {
        return wrapped(head, NOTHING);
    }

    /**
     * A message of the same type with the content of this one between a head and a tail, such as the {@code data: } and
     * the empty line of an event. The content is not copied.
     *
     * @param head is copied, as is the tail; around a text both must be valid UTF-8
     */
    public OutboundMessage wrapped(byte[] head, byte[] tail) {
        return new OutboundMessage(message.wrapped(head, tail));
    }

    /**
     * The same message, which a slow peer may miss. When a session's outbox is full, the oldest waiting messages of
     * this kind are dropped before the connection is ended.
     */
    public OutboundMessage orDropped() {
        return new OutboundMessage(message.withDropPolicy(new DropPolicy(null)), about);
    }

    /**
     * The same message, which a newer one may replace. When a session's outbox is full, the message is dropped if a
     * newer one with an equal subject waits after it.
     */
    public OutboundMessage orConflated(Object subject) {
        return new OutboundMessage(message.withDropPolicy(new DropPolicy(subject)), about);
    }

    /** Whether it is a text message; if not, it is a binary one. A unit answers for its first message. */
    public boolean isText() {
        return message.type() == Opcode.TEXT;
    }

    /**
     * The content of a text message, decoded anew at each call. A unit answers for its first message. Not for a binary
     * message.
     */
    public String text() {
        return StandardCharsets.UTF_8.decode(payload()).toString();
    }

    /** The content from position to limit, read-only; a text is in UTF-8. A unit answers for its first message. */
    public ByteBuffer payload() {
        return message.payload();
    }

    /** The messages of a unit, in order. Any other message is its only part. */
    public List<OutboundMessage> parts() {
        List<Message> parts = message.parts();
        return parts.size() == 1
                ? List.of(this)
                : parts.stream().map(OutboundMessage::new).toList();
    }

    /** The size of the message in an outbox, as WebSocket frames, in bytes. */
    public int size() {
        return message.size();
    }

    /** The message as the event loops know it. */
    public Message message() {
        return message;
    }

    /** The text of a text message, or the size of a binary one; for a unit, those of each message. */
    @Override
    public String toString() {
        List<OutboundMessage> parts = parts();
        if (parts.size() > 1) {
            return parts.toString();
        }
        return isText() ? text() : "binary of " + message.payloadSize() + " bytes";
    }
}
