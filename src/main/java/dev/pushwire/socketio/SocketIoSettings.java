package dev.pushwire.socketio;

import java.time.Duration;

/**
 * What clients may take, and how long.
 *
 * @param connectTimeout how long a client may be connected without a namespace
 * @param ackTimeout how long an answer of a client is waited for, unless the application says otherwise
 * @param maxNamespaces that one client may be connected to at a time
 * @param maxRooms that one socket may be in, its own id apart
 * @param maxPacketSize of a packet with its attachments, in characters and bytes
 * @param maxUnfinished bytes of packets that are not whole yet, of all clients together
 * @param takesTokens whether {@code auth.token} is a token that this service knows how to check
 * @param recovery of clients that come back, in namespaces that want it
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
