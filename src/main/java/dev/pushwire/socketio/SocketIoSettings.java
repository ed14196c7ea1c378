package dev.pushwire.socketio;

import java.time.Duration;

/**
 * The limits of clients.
 *
 * @param connectTimeout how long a client may be connected without a namespace
 * @param ackTimeout how long to wait for a client's answer, unless the application says otherwise
 * @param maxNamespaces namespaces that one client may be connected to at a time
 * @param maxRooms rooms that one socket may be in, without its own id
 * @param maxPacketSize the largest packet with its attachments, in characters and bytes
 * @param maxUnfinished the memory of incomplete packets of all clients together, in bytes
 * @param takesTokens whether this service checks {@code auth.token}
 * @param recovery for returning clients, in namespaces that recover
 */
public record SocketIoSettings(
        Duration connectTimeout,
        Duration ackTimeout,
        int maxNamespaces,
        int maxRooms,
        int maxPacketSize,
        long maxUnfinished,
        boolean takesTokens,
        RecoverySettings recovery) {}
