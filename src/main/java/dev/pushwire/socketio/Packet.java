package dev.pushwire.socketio;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A packet of Socket.IO 5, with its attachments. */
sealed interface Packet {
    /** The ack id of an event that asks for no answer. */
    long NO_ACK = -1;

    String namespace();

    /** @param auth a JSON object; null for none */
    record Connect(String namespace, @Nullable String auth) implements Packet {}

    record Disconnect(String namespace) implements Packet {}

    /**
     * @param ackId the id of the answer that the sender awaits; {@link #NO_ACK} for none
     * @param name the name of the event; a number as it was spelt
     * @param arguments the arguments after the name
     */
    record Event(String namespace, long ackId, String name, Arguments arguments) implements Packet {}

    record Ack(String namespace, long ackId, Arguments arguments) implements Packet {}

    /** @param error a JSON string or object */
    record ConnectError(String namespace, String error) implements Packet {}

    /** The same packet with the attachments that came after it. */
    default Packet with(List<ByteBuffer> attachments) {
        return switch (this) {
            case Event(var namespace, var id, var name, var arguments) ->
                new Event(namespace, id, name, arguments.with(attachments));
            case Ack(var namespace, var id, var arguments) -> new Ack(namespace, id, arguments.with(attachments));
            case Connect _, Disconnect _, ConnectError _ ->
                throw new IllegalStateException(this + " has no attachments");
        };
    }
}
