package dev.pushwire.socketio;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of messages, for tests of other packages too: a line for each packet, and at last the fault that ended it, if any.
 *
 * @param encoded the packets, written again as messages
 */
public record Decoding(
        List<String> packets,
        List<Object> encoded,
        @Nullable String fault,
        int held) {
    /** @param messages strings and byte arrays */
    public static Decoding of(int maxSize, List<?> messages) {
        PacketAssembler assembler = new PacketAssembler(maxSize);
        List<String> packets = new ArrayList<>();
        List<Object> encoded = new ArrayList<>();
        for (Object message : messages) {
            try {
                Packet packet = message instanceof String text
                        ? assembler.text(text)
                        : assembler.binary(ByteBuffer.wrap((byte[]) message));
                if (packet != null) {
                    packets.add(describe(packet));
                    encode(packet, encoded);
                }
            } catch (PacketException e) {
                return new Decoding(packets, encoded, e.getMessage(), assembler.held());
            }
        }
        return new Decoding(packets, encoded, null, assembler.held());
    }

    private static String describe(Packet packet) {
        return switch (packet) {
            case Packet.Connect(var namespace, var auth) -> "CONNECT " + namespace + " " + auth;
            case Packet.Disconnect(var namespace) -> "DISCONNECT " + namespace;
            case Packet.Event(var namespace, var id, var name, var arguments) ->
                "EVENT " + namespace + " " + id + " " + name + " " + describe(arguments);
            case Packet.Ack(var namespace, var id, var arguments) ->
                "ACK " + namespace + " " + id + " " + describe(arguments);
            case Packet.ConnectError(var namespace, var error) -> "CONNECT_ERROR " + namespace + " " + error;
        };
    }

    private static String describe(Arguments arguments) {
        StringBuilder text = new StringBuilder(arguments.json());
        arguments
                .attachments()
                .forEach(data -> text.append(' ').append(HexFormat.of().formatHex(bytes(data))));
        return text.toString();
    }

    private static void encode(Packet packet, List<Object> to) {
        switch (packet) {
            case Packet.Connect(var namespace, var auth) ->
                to.add(PacketWriter.connect(namespace, auth == null ? "" : auth));
            case Packet.Disconnect(var namespace) -> to.add(PacketWriter.disconnect(namespace));
            case Packet.Event(var namespace, var id, var name, var arguments) -> {
                String rest = arguments.json().substring(1);
                String first =
                        "[" + tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(name);
                String json = first + (rest.strip().startsWith("]") ? "" : ",") + rest;
                to.add(PacketWriter.event(
                        namespace, id, json, arguments.attachments().size()));
                arguments.attachments().forEach(data -> to.add(bytes(data)));
            }
            case Packet.Ack(var namespace, var id, var arguments) -> {
                int attachments = arguments.attachments().size();
                to.add(PacketWriter.ack(namespace, id, arguments.json(), attachments));
                arguments.attachments().forEach(data -> to.add(bytes(data)));
            }
            case Packet.ConnectError(var namespace, var error) -> to.add(PacketWriter.connectError(namespace, error));
        }
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }
}
