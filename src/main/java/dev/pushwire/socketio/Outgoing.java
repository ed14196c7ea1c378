package dev.pushwire.socketio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.engineio.EnginePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet as it is sent: a text message, and one of binary data for each attachment, between which nothing else comes. Encoded
 * once, for any number of sockets.
 *
 * @param isVolatile whether a client may miss it when its connection is full
 */
record Outgoing(OutboundMessage message, boolean isVolatile) {
    static Outgoing of(String packet) {
        return of(packet, List.of(), false);
    }

    /**
     * @param ackId of the answer that is waited for; {@link Packet#NO_ACK} for none
     * @param event an array that begins with the event's name
     */
    static Outgoing event(String namespace, long ackId, Arguments event, boolean isVolatile) {
        List<ByteBuffer> attachments = event.attachments();
        return of(PacketWriter.event(namespace, ackId, event.json(), attachments.size()), attachments, isVolatile);
    }

    static Outgoing of(String packet, List<ByteBuffer> attachments, boolean isVolatile) {
        OutboundMessage message = message(framed(packet), attachments);
        return new Outgoing(isVolatile ? message.orDropped() : message, isVolatile);
    }

    /** As the packet of Engine.IO that carries it. */
    static String framed(String packet) {
        return EnginePacket.Type.MESSAGE.digit() + packet;
    }

    /** @param framed the whole packet, or all of it but what is the receiver's own, and comes before */
    static OutboundMessage message(String framed, List<ByteBuffer> attachments) {
        OutboundMessage text = OutboundMessage.text(framed);
        if (attachments.isEmpty()) {
            return text;
        }
        List<OutboundMessage> messages = new ArrayList<>(1 + attachments.size());
        messages.add(text);
        attachments.forEach(attachment -> messages.add(OutboundMessage.binary(attachment)));
        return OutboundMessage.unit(messages);
    }
}
