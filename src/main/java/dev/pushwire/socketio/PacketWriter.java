package dev.pushwire.socketio;

/** Writes packets as text. The caller supplies the JSON. */
final class PacketWriter {
    private PacketWriter() {}

    /** @param answer a JSON object */
    static String connect(String namespace, String answer) {
        return "0" + prefix(namespace) + answer;
    }

    static String disconnect(String namespace) {
        return "1" + prefix(namespace);
    }

    /** @param error a JSON object */
    static String connectError(String namespace, String error) {
        return "4" + prefix(namespace) + error;
    }

    /**
     * @param ackId {@link Packet#NO_ACK} for no answer
     * @param json an array that begins with the event's name
     */
    static String event(String namespace, long ackId, String json, int attachments) {
        String id = ackId == Packet.NO_ACK ? "" : Long.toString(ackId);
        String type = attachments == 0 ? "2" : "5" + attachments + "-";
        return type + prefix(namespace) + id + json;
    }

    /** @param json an array */
    static String ack(String namespace, long ackId, String json, int attachments) {
        String type = attachments == 0 ? "3" : "6" + attachments + "-";
        return type + prefix(namespace) + ackId + json;
    }

    private static String prefix(String namespace) {
        return namespace.equals(PacketReader.ROOT) ? "" : namespace + ",";
    }
}
