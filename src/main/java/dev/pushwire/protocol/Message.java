package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent, independent of how it will be sent: a type and a content. The content may be that of another
 * message, with a little before and after it. Each encoding is made when a thread first asks for it, and is then the
 * same for all connections. A unit is several messages with nothing between them.
 *
 * <p>Immutable, thread-safe.
 */
public final class Message {
    private static final byte[] NOTHING = {};
    private static final byte[] CRLF = {'\r', '\n'};
    private static final EncodedFrame END_OF_CHUNK = EncodedFrame.raw(CRLF);

    private final Opcode type;
    private final byte[] head;
    private final SharedBytes body;
    private final byte[] tail;
    private final @Nullable Message then; // the next message of the same unit
    private final EncodedFrame webSocket;
    private volatile @Nullable AtomicReferenceArray<EncodedFrame> others; // by framing or window; set under the lock

    private Message(
            Opcode type,
            byte[] head,
            SharedBytes body,
            byte[] tail,
            @Nullable Message then,
            @Nullable DropPolicy dropPolicy) {
        this.type = type;
        this.head = head;
        this.body = body;
        this.tail = tail;
        this.then = then;
        EncodedFrame frame = frame();
        EncodedFrame all = then == null ? frame : frame.followedBy(then.webSocket);
        this.webSocket = dropPolicy == null ? all : all.withDropPolicy(dropPolicy);
    }

    /** A message of the bytes from position to limit. They are copied, and the buffer's position stays. */
    public static Message of(Opcode type, ByteBuffer content) {
        return new Message(type, NOTHING, SharedBytes.copyOf(content), NOTHING, null, null);
    }

    /**
     * Several messages as one. Slow peers may not miss it, whatever the policies of the messages.
     *
     * @param messages at least one; units are taken apart
     */
    public static Message unit(List<Message> messages) {
        Message unit = null;
        for (Message part : messages.stream()
                .flatMap(message -> message.parts().stream())
                .toList()
                .reversed()) {
            unit = new Message(part.type, part.head, part.body, part.tail, unit, null);
        }
        if (unit == null) {
            throw new IllegalArgumentException("A unit has at least one message");
        }
        return unit;
    }

    /** A message of the same content with these bytes before and after it. Of a unit, the first message gets them. */
    public Message wrapped(byte[] before, byte[] behind) {
        return new Message(type, joined(before, head), body, joined(tail, behind), then, dropPolicy());
    }

    /** A message of the same content, alone, with these bytes before and after it. */
    Message aloneIn(byte[] before, byte[] behind) {
        return new Message(type, joined(before, head), body, joined(tail, behind), null, null);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    /** The same message, which slow peers may miss. */
    public Message withDropPolicy(DropPolicy how) {
        return new Message(type, head, body, tail, then, how);
    }

    private @Nullable DropPolicy dropPolicy() {
        return webSocket.dropPolicy();
    }

    /** {@code TEXT} or {@code BINARY}. A unit answers for its first message. */
    public Opcode type() {
        return type;
    }

    /** The messages of a unit, in order; any other message is its only part. */
    public List<Message> parts() {
        if (then == null) {
            return List.of(this);
        }
        List<Message> parts = new ArrayList<>();
        for (Message part = this; part != null; part = part.then) {
            parts.add(part);
        }
        return parts;
    }

    /** The content, from position to limit, read-only. A unit answers for its first message. */
    public ByteBuffer payload() {
        if (head.length + tail.length == 0) {
            return body.asBuffer();
        }
        return ByteBuffer.allocate(length())
                .put(head)
                .put(body.asBuffer())
                .put(tail)
                .flip()
                .asReadOnlyBuffer();
    }

    /** The bytes of content, in all messages of a unit. */
    public int payloadSize() {
        int sum = 0;
        for (Message part = this; part != null; part = part.then) {
            sum += part.length();
        }
        return sum;
    }

    /** The bytes of content of this message alone. */
    int length() {
        return head.length + body.length() + tail.length;
    }

    /**
     * The memory that it takes on its way to the outboxes: its bytes on the wire, and an overhead for each part of a
     * unit.
     */
    public int size() {
        return webSocket.size() + webSocket.overhead() - EncodedFrame.OVERHEAD;
    }

    /** The message as WebSocket frames, not compressed. */
    public EncodedFrame webSocket() {
        return webSocket;
    }

    /** This message alone, as a frame. */
    private EncodedFrame frame() {
        int length = length();
        ByteBuffer before = ByteBuffer.allocate(FrameWriter.headerSize(length) + head.length);
        FrameWriter.putHeader(before, type, length);
        before.put(head);
        return EncodedFrame.around(type, before.array(), body, tail.length == 0 ? null : EncodedFrame.raw(tail));
    }

    /**
     * The message in this framing, not compressed. A message that stays empty in this framing has no bytes at all,
     * except as a WebSocket frame.
     */
    public EncodedFrame in(Framing framing) {
        if (framing == Framing.WEBSOCKET) {
            return webSocket;
        }
        EncodedFrame known = known(place(framing));
        return known == null ? frameOnce(framing) : known;
    }

    private synchronized EncodedFrame frameOnce(Framing framing) {
        EncodedFrame known = known(place(framing));
        return known == null ? keep(place(framing), chain(part -> part.frameIn(framing))) : known;
    }

    /** This message alone, in this framing. */
    private EncodedFrame frameIn(Framing framing) {
        Message formed = MessageForms.of(this, framing.form());
        return framing.isChunked() ? formed.chunk() : formed.plain();
    }

    /**
     * "chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF" (RFC 9112, section 7.1), the size in hexadecimal digits. A chunk
     * of size 0 would be the last.
     */
    private EncodedFrame chunk() {
        if (length() == 0) {
            return plain();
        }
        byte[] size = (Integer.toHexString(length()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        EncodedFrame end = tail.length == 0 ? END_OF_CHUNK : EncodedFrame.raw(joined(tail, CRLF));
        return EncodedFrame.around(type, joined(size, head), body, end);
    }

    private EncodedFrame plain() {
        return EncodedFrame.around(type, head, body, tail.length == 0 ? null : EncodedFrame.raw(tail));
    }

    /**
     * The message compressed, or {@link #webSocket} if that is not larger. It refers to no other message.
     *
     * @param threshold a message with less content is not compressed; the same at each call. It applies to each message
     *     of a unit
     */
    public EncodedFrame deflated(int windowBits, int threshold, MessageDeflater deflater) {
        EncodedFrame known = known(windowBits);
        return known == null ? deflateOnce(windowBits, threshold, deflater) : known;
    }

    private synchronized EncodedFrame deflateOnce(int windowBits, int threshold, MessageDeflater deflater) {
        EncodedFrame known = known(windowBits);
        if (known != null) {
            return known;
        }
        EncodedFrame deflated = chain(part -> part.smallestFrame(windowBits, threshold, deflater));
        return keep(windowBits, deflated.size() < webSocket.size() ? deflated : webSocket);
    }

    private EncodedFrame smallestFrame(int windowBits, int threshold, MessageDeflater deflater) {
        EncodedFrame plain = frame();
        if (length() == 0 || length() < threshold) {
            return plain;
        }
        EncodedFrame deflated = deflater.deflate(type, payload(), windowBits, false);
        return deflated.size() < plain.size() ? deflated : plain;
    }

    /** The encodings of all parts as one. They are made from the last on, since each is made with what follows it. */
    private EncodedFrame chain(Function<Message, EncodedFrame> encoding) {
        EncodedFrame chain = null;
        for (Message part : parts().reversed()) {
            EncodedFrame encoded = encoding.apply(part);
            chain = chain == null ? encoded : encoded.followedBy(chain);
        }
        EncodedFrame all = Objects.requireNonNull(chain);
        return dropPolicy() == null ? all : all.withDropPolicy(dropPolicy());
    }

    /** The place of a framing, before those of the windows: no window is that small. */
    private static int place(Framing framing) {
        return switch (framing) {
            case WEBSOCKET -> throw new IllegalArgumentException("It has a place of its own");
            case HTTP_CHUNKED -> 0;
            case HTTP_PLAIN -> 1;
            case LINES_CHUNKED -> 2;
            case LINES_PLAIN -> 3;
            case EVENTS_CHUNKED -> 4;
            case EVENTS_PLAIN -> 5;
            case RECORDS_PLAIN -> 6;
        };
    }

    private @Nullable EncodedFrame known(int index) {
        AtomicReferenceArray<EncodedFrame> all = others;
        return all == null ? null : all.get(index);
    }

    private EncodedFrame keep(int index, EncodedFrame encoding) {
        AtomicReferenceArray<EncodedFrame> all = others;
        if (all == null) {
            all = new AtomicReferenceArray<>(DeflateParameters.LARGEST_WINDOW + 1);
            others = all;
        }
        all.set(index, encoding);
        return encoding;
    }
}
