package dev.pushwire.stream;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the JSON in the data of events, each in one line. */
final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Nodes that check less may publish JSON that is empty, or begins with this. Neither may be in a message. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private EventJson() {}

    /** A publication with its topic, for streams of several topics. */
    static String publication(Publication publication) {
        return object(json -> {
            place(json, publication.topic().value(), publication.position());
            if (publication.key() != null) {
                json.writeStringProperty("key", publication.key());
            }
            Payload payload = publication.payload();
            switch (payload.kind()) {
                case TEXT -> json.writeStringProperty("data", payload.text());
                case JSON -> json(json, payload.text());
                case BINARY -> {
                    json.writeStringProperty("encoding", "base64");
                    json.writeStringProperty("data", base64(payload.bytes()));
                }
            }
        });
    }

    /** The position of a topic. */
    static String position(String topic, Position position) {
        return object(json -> place(json, topic, position));
    }

    /** A topic, or a pattern, without a position. */
    static String topic(String topic) {
        return object(json -> json.writeStringProperty("topic", topic));
    }

    /** The reason for the end of a stream. */
    static String ending(int code, String reason) {
        return object(json -> {
            json.writeNumberProperty("code", code);
            json.writeStringProperty("reason", reason);
        });
    }

    private static void place(JsonGenerator json, String topic, Position position) {
        json.writeStringProperty("topic", topic);
        json.writeStringProperty("epoch", position.epoch());
        json.writeNumberProperty("offset", position.offset());
    }

    private static void json(JsonGenerator json, String text) {
        if (text.isBlank() || text.charAt(0) == BYTE_ORDER_MARK) {
            json.writeStringProperty("data", text);
        } else {
            json.writeName("data");
            json.writeRawValue(oneLine(text));
        }
    }

    /** In JSON a line break is white space, or written as an escape. */
    static String oneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ');
    }

    static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private interface Fields {
        void write(JsonGenerator json);
    }
}
