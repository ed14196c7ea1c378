package dev.pushwire.socketio;

/**
 * The Socket.IO sockets of this service, as a bean to inject. Any thread may emit. Its own methods act on all sockets
 * of the namespace {@code /}.
 */
public interface SocketIo extends Emitter {
    /** Chooses all sockets of a namespace, also if none is connected. */
    Emitter of(String namespace);
}
