package dev.pushwire.engineio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseStatus;
import java.nio.charset.StandardCharsets;

/** Sends packets over a WebSocket that were written for a client that polls. */
final class PacketSender {
    private PacketSender() {}

    /**
     * Sends all packets of a batch.
     *
     * @return whether the WebSocket is still open
     */
    static boolean sendAll(byte[] packets, Session webSocket) {
        try {
            EnginePayload payload = new EnginePayload(packets);
            for (EnginePayload.Item next = payload.next(); next != null; next = payload.next()) {
                if (!send(next, webSocket)) {
                    return false;
                }
            }
            return true;
        } catch (EngineException e) {
            throw new IllegalStateException("These are our own packets", e);
        }
    }

    /**
     * Sends one packet.
     *
     * @return whether the WebSocket goes on
     */
    static boolean send(EnginePayload.Item packet, Session webSocket) {
        if (!packet.isText()) {
            webSocket.send(OutboundMessage.binary(packet.data()));
        } else if (packet.data().get(0) == EnginePacket.Type.CLOSE.digit()) {
            CloseStatus status =
                    Farewell.read(StandardCharsets.UTF_8.decode(packet.data()).toString());
            webSocket.close(status == null ? CloseStatus.NORMAL : status);
        } else {
            webSocket.send(OutboundMessage.utf8(packet.data()));
        }
        return webSocket.isOpen();
    }
}
