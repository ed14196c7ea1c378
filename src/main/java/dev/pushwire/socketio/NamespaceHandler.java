package dev.pushwire.socketio;

import dev.pushwire.endpoint.Handshake;
import org.jspecify.annotations.Nullable;

/** What is done for the sockets of a namespace. For one socket the calls come one after the other, on virtual threads. */
interface NamespaceHandler {
    /** The namespace, or its pattern: for logs and meters. */
    String label();

    /** Whether {@link #beforeConnect} decides anything. */
    boolean decides();

    /** Whether handshakes are to be kept. */
    boolean wantsHandshake();

    /** Whether clients that come back get what they missed. */
    boolean recovers();

    /**
     * @param auth a JSON object; null for none
     * @param handshake null unless it is wanted
     */
    void beforeConnect(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake) throws Exception;

    void connected(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake) throws Exception;

    /** @return whether there is a handler for the event */
    boolean event(ServerSocket socket, String name, Arguments arguments, EventAck ack) throws Exception;

    void disconnecting(ServerSocket socket, DisconnectReason reason) throws Exception;

    void disconnected(ServerSocket socket, DisconnectReason reason) throws Exception;
}
