package dev.pushwire.socketio;

import dev.pushwire.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An event that goes out.
 *
 * @param isVolatile whether a client may miss it when its connection is full
 */
record Emission(String event, Arguments arguments, boolean isVolatile) {
    static Emission of(ArgumentCodec codec, String event, boolean isVolatile, @Nullable Object... arguments) {
        if (PacketReader.RESERVED_EVENTS.contains(event)) {
            throw new IllegalArgumentException("'" + event + "' is a reserved event name");
        }
        return new Emission(event, codec.encode(arguments), isVolatile);
    }

    /** The name of the event, followed by its arguments. */
    Arguments whole() {
        String rest = arguments.json().substring(1);
        String name = new JsonValue(true, event).json();
        String json = "[" + name + (rest.equals("]") ? "" : ",") + rest;
        return new Arguments(json, arguments.attachments());
    }

    /** @param ackId the id of the answer that is awaited; {@link Packet#NO_ACK} for none */
    Outgoing packet(String namespace, long ackId) {
        return Outgoing.event(namespace, ackId, whole(), isVolatile);
    }
}
