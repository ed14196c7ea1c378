package dev.pushwire.socketio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.engineio.EnginePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet as it is sent: a text message, and one of binary data for each attachment. Encoded once, for any number of sockets.
 *
 * @param isVolatile whether a client may miss it when its connection is full
 */
record Outgoing(List<OutboundMessage> messages, boolean isVolatile) {
    static Outgoing of(String packet) {
        return of(packet, List.of(), false);
    }

    static Outgoing of(String packet, List<ByteBuffer> attachments, boolean isVolatile) {
        List<OutboundMessage> messages = new ArrayList<>(1 + attachments.size());
        messages.add(OutboundMessage.text(EnginePacket.Type.MESSAGE.digit() + packet));
        attachments.forEach(attachment -> messages.add(OutboundMessage.binary(attachment)));
        return new Outgoing(List.copyOf(messages), isVolatile);
    }
}
