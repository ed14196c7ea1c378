package dev.pushwire.socketio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.engineio.EnginePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet that goes out: a text message, and a binary message for each attachment, with nothing between them. It is
 * encoded once, for any number of sockets.
 *
 * @param isVolatile whether a client may miss it when its connection is full
 */
record Outgoing(OutboundMessage message, boolean isVolatile) {
    static Outgoing of(String packet) {
        return of(packet, List.of(), false);
    }

    /**
     * @param ackId the id of the answer that is awaited; {@link Packet#NO_ACK} for none
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

    /** The packet of Engine.IO that carries this packet. */
    static String framed(String packet) {
        return EnginePacket.Type.MESSAGE.digit() + packet;
    }

    /** @param framed the whole packet, or the packet without a head for one receiver */
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
