package dev.pushwire.endpoint;

import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;

/**
 * The application's end of the connections to one path. An endpoint is a Spring bean with {@link EndpointMapping}. One
 * instance serves all connections.
 *
 * <p>For each connection the engine calls the methods in this order:
 * {@code onHandshake (onOpen (onText | onBinary)* onClose)?}. From {@code onOpen} on, the calls come one after the
 * other, never two at once, on the thread that {@link EndpointMapping#execution} names. {@code onClose} is the last
 * call, and it always comes after {@code onOpen}. If a callback throws, the engine logs the exception and ends the
 * connection with 1011.
 */
public interface Endpoint {
    /**
     * Called before the engine accepts the handshake, on the thread of the HTTP request. The method may block.
     *
     * @throws HandshakeRefusedException to answer with an HTTP error instead
     */
    default void onHandshake(Handshake handshake) throws HandshakeRefusedException {}

    /** Called when the connection is open. The endpoint can send from now on. */
    default void onOpen(Session session, Handshake handshake) throws Exception {}

    /**
     * Called for each text message. An endpoint that takes no text does not override this method: the connection then
     * ends with 1003.
     *
     * @param text valid until the call returns
     */
    default void onText(Session session, Text text) throws Exception {
        session.close(CloseStatus.UNSUPPORTED_TEXT);
    }

    /**
     * Called for each binary message. An endpoint that takes no binary messages does not override this method: the
     * connection then ends with 1003.
     *
     * @param data the bytes from position to limit; read-only, valid until the call returns
     */
    default void onBinary(Session session, ByteBuffer data) throws Exception {
        session.close(CloseStatus.UNSUPPORTED_BINARY);
    }

    /**
     * Called when the connection is over.
     *
     * @param status how it ended; 1005 if the peer gave no code, 1006 if there was no closing handshake (RFC 6455,
     *     section 7.1.5)
     */
    default void onClose(Session session, CloseStatus status) throws Exception {}
}
