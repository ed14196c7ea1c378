package dev.pushwire.socketio;

import dev.pushwire.engineio.CloseReason;

/** The reason why a socket left its namespace, in the words of the reference implementation. */
public enum DisconnectReason {
    /** The client closed the connection, or it broke: for example, a page was closed or a network went away. */
    TRANSPORT_CLOSE("transport close"),
    /** The client sent a packet that only servers send. */
    TRANSPORT_ERROR("transport error"),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent something that is not a packet of Engine.IO. */
    PARSE_ERROR("parse error"),
    /** The client sent something that is not a packet of Socket.IO. */
    FORCED_CLOSE("forced close"),
    /** The server ended the connection: the client joined no namespace in time, or sent a packet out of turn. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client called {@code socket.disconnect()}. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The application called {@link Socket#disconnect} or {@link Emitter#disconnectSockets}. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The reason, as the reference implementation spells it. */
    public String text() {
        return text;
    }

    /** Whether one side has said that it leaves. */
    boolean isOrderly() {
        return this == CLIENT_NAMESPACE_DISCONNECT || this == SERVER_NAMESPACE_DISCONNECT;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case FORCED_CLOSE -> FORCED_CLOSE;
            case FORCED_SERVER_CLOSE -> FORCED_SERVER_CLOSE;
        };
    }
}
