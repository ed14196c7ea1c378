/**
 * Socket.IO 5: its packets, namespaces, rooms and acknowledgements, and what an application writes to speak it: annotated
 * beans, and {@link dev.pushwire.socketio.SocketIo} to emit.
 */
@NullMarked
package dev.pushwire.socketio;

import org.jspecify.annotations.NullMarked;
