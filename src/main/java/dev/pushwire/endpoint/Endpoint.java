package dev.pushwire.endpoint;

import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;

/**
 * The application's end of the connections to one path: a Spring bean with {@link EndpointMapping}. One instance serves
 * all connections.
 *
 * <p>For each connection the calls come in this order: {@code onHandshake (onOpen (onText | onBinary)* onClose)?}. From
 * {@code onOpen} on they come one after the other, never two at once, on the thread that {@link EndpointMapping#execution}
 * says; {@code onClose} is always the last and always comes. What a callback throws is logged, and the connection ends
 * with 1011.
 */
public interface Endpoint {
    /**
     * Asked before the handshake is accepted, on the HTTP request's own thread, which it may block.
     *
     * @throws HandshakeRefusedException to answer with an HTTP error instead
     */
    default void onHandshake(Handshake handshake) throws HandshakeRefusedException {}

    /** The connection is open: the first chance to send. */
    default void onOpen(Session session, Handshake handshake) throws Exception {}

    /**
     * A text message arrived. An endpoint without use for text leaves this as it is: the connection then ends with 1003.
     *
     * @param text valid until the call returns
     */
    default void onText(Session session, Text text) throws Exception {
        session.close(CloseStatus.UNSUPPORTED_TEXT);
    }

    /**
     * A binary message arrived. An endpoint without use for binary leaves this as it is: the connection then ends with
     * 1003.
     *
     * @param data from position to limit; read-only, valid until the call returns
     */
    default void onBinary(Session session, ByteBuffer data) throws Exception {
        session.close(CloseStatus.UNSUPPORTED_BINARY);
    }

    /**
     * The connection is over.
     *
     * @param status 1005 when the peer gave no code, 1006 when there was no closing handshake
     */
    default void onClose(Session session, CloseStatus status) throws Exception {}
}
