package dev.pushwire.engineio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseStatus;
import java.nio.charset.StandardCharsets;

/** Gives packets that would have come by polling to a WebSocket. */
final class Delivery {
    private Delivery() {}

    /**
     * All of a batch.
     *
     * @return whether the WebSocket goes on
     */
    static boolean of(byte[] packets, Session webSocket) {
        try {
            EnginePayload payload = new EnginePayload(packets);
            for (EnginePayload.Item next = payload.next(); next != null; next = payload.next()) {
                if (!of(next, webSocket)) {
                    return false;
                }
            }
            return true;
        } catch (EngineException e) {
            throw new IllegalStateException("These are our own packets", e);
        }
    }

    /** The same for one packet. */
    static boolean of(EnginePayload.Item packet, Session webSocket) {
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
