package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/**
 * Takes what a {@link MessageReader} finds, in the order of the wire:
 * {@code (frame | text | binary | ping | pong)* close?}
 *
 * <p>The reader makes calls, and no event objects, so that a message costs no allocation. A payload is between the
 * buffer's position and limit, is the reader's own memory, and is valid until the call returns. The handler leaves
 * content, position and limit as they were.
 */
public interface MessageHandler {
    /** A frame begins, and it keeps the rules and the limits. The message follows once it is whole. */
    void frame(Opcode opcode);

    /** A whole text message; the payload is valid UTF-8. */
    void text(ByteBuffer payload);

    /** A whole binary message. */
    void binary(ByteBuffer payload);

    /** A ping. It may come between the fragments of a message. */
    void ping(ByteBuffer payload);

    /** A pong, whether the peer was pinged or not. */
    void pong(ByteBuffer payload);

    /**
     * The peer's Close; 1005 if it carried no code. What follows it on the wire must be ignored (RFC 6455, section
     * 5.5.1).
     */
    void close(CloseStatus status);

    /** Whether the handler wants another frame. If not, the reader stops there and leaves the rest unread. */
    boolean wantsMore();
}
