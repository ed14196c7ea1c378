package dev.pushwire.socketio;

import dev.pushwire.endpoint.Handshake;
import org.jspecify.annotations.Nullable;

/** Serves the sockets of a namespace. The calls for one socket come one after the other, on virtual threads. */
interface NamespaceHandler {
    /** The name of the namespace, or its pattern, for logs and meters. */
    String label();

    /** Whether {@link #beforeConnect} decides anything. */
    boolean decides();

    /** Whether handshakes must be kept. */
    boolean wantsHandshake();

    /** Whether clients that come back get what they missed. */
    boolean recovers();

    /**
     * @param auth a JSON object; null for none
     * @param handshake null unless it is wanted
     */
    void beforeConnect(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake) throws Exception;

    void connected(ServerSocket socket, @Nullable String auth, @Nullable Handshake handshake) throws Exception;

    /**
     * Handles an event.
     *
     * @return whether there is a handler for it
     */
    boolean event(ServerSocket socket, String name, Arguments arguments, EventAck ack) throws Exception;

    void disconnecting(ServerSocket socket, DisconnectReason reason) throws Exception;

    void disconnected(ServerSocket socket, DisconnectReason reason) throws Exception;
}
