package dev.pushwire.socketio;

/**
 * The sockets of this service: a bean to inject, from which any thread may emit. Its own methods are those of the namespace
 * {@code /}, all sockets of it.
 */
public interface SocketIo extends Emitter {
    /** All sockets of a namespace, whether anybody is connected to it or not. */
    Emitter of(String namespace);
}
