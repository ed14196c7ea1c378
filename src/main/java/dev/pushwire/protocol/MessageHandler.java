package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/**
 * What a {@link MessageReader} finds, in the order of the wire: {@code (frame | text | binary | ping | pong)* close?}
 *
 * <p>Calls rather than event objects, so that a message costs no allocation. A payload lies between the buffer's position
 * and limit, is the reader's own memory, and is valid until the call returns; the handler leaves content, position and
 * limit as they were.
 */
public interface MessageHandler {
    /** A frame that keeps the rules and the limits begins; what it belongs to follows once it is whole. */
    void frame(Opcode opcode);

    /** A whole text message; the payload is valid UTF-8. */
    void text(ByteBuffer payload);

    /** A whole binary message. */
    void binary(ByteBuffer payload);

    /** A ping, which may come between the fragments of a message. */
    void ping(ByteBuffer payload);

    /** A pong, asked for or not. */
    void pong(ByteBuffer payload);

    /** The peer's Close; 1005 when it carried no code. What follows it on the wire is to be ignored (section 5.5.1). */
    void close(CloseStatus status);

    /** Asked before each frame; when false the reader stops there and leaves the rest unread. */
    boolean wantsMore();
}
