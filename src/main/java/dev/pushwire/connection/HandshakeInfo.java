package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.DeflateParameters;
import dev.pushwire.protocol.Framing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection keeps of its handshake.
 *
 * @param lease the lease that it was admitted with
 * @param subprotocol the subprotocol in use; null for none
 * @param compression the negotiated compression; null for none
 * @param forwardedAddress the address that a trusted proxy named; null if the socket's own address is the client's
 * @param framing the framing of what it is sent
 */
public record HandshakeInfo(
        AccessLease lease,
        @Nullable String subprotocol,
        @Nullable DeflateParameters compression,
        Map<String, String> pathVariables,
        @Nullable String forwardedAddress,
        Framing framing) {

    /** The handshake of a WebSocket. */
    public HandshakeInfo(
            AccessLease lease,
            @Nullable String subprotocol,
            @Nullable DeflateParameters compression,
            Map<String, String> pathVariables,
            @Nullable String forwardedAddress) {
        this(lease, subprotocol, compression, pathVariables, forwardedAddress, Framing.WEBSOCKET);
    }
}
