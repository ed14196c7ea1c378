package dev.pushwire.socketio;

/** A client sent something that is not a packet, or a packet out of turn. The message does not go out on the wire. */
final class PacketException extends Exception {
    private static final long serialVersionUID = 1L;

    PacketException(String fault) {
        super(fault, null, false, false);
    }
}
