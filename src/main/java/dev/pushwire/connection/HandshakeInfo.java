package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.DeflateParameters;
import dev.pushwire.protocol.Framing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection remembers of its handshake.
 *
 * @param lease what it was let in with
 * @param subprotocol in use; null for none
 * @param compression as agreed on; null for none
 * @param forwardedAddress the address that a trusted proxy named; null where the socket's own is the client's
 * @param framing of what it is sent
 */
public record HandshakeInfo(
        AccessLease lease,
        @Nullable String subprotocol,
        @Nullable DeflateParameters compression,
        Map<String, String> pathVariables,
        @Nullable String forwardedAddress,
        Framing framing) {

    /** Of a WebSocket. */
    public HandshakeInfo(
            AccessLease lease,
            @Nullable String subprotocol,
            @Nullable DeflateParameters compression,
            Map<String, String> pathVariables,
            @Nullable String forwardedAddress) {
        this(lease, subprotocol, compression, pathVariables, forwardedAddress, Framing.WEBSOCKET);
    }
}
