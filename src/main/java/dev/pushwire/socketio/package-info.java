/**
 * Socket.IO 5: its packets, namespaces, rooms and acknowledgements. Applications write annotated beans, and emit
 * through {@link dev.pushwire.socketio.SocketIo}.
 */
@NullMarked
package dev.pushwire.socketio;

import org.jspecify.annotations.NullMarked;
