package dev.pushwire.pushprotocol;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.SubscriptionStart;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the messages of the server, each one line. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Publications of nodes that check less may be called JSON and be empty, or begin with this: neither may stand in a message. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Json() {}

    static String subscribed(long id, TopicPattern pattern) {
        return reply("subscribed", id, pattern.value(), json -> {});
    }

    /** @param connection the client's own, where it is seen by others; null where not */
    static String subscribed(long id, TopicPattern pattern, SubscriptionStart start, @Nullable String connection) {
        return reply("subscribed", id, pattern.value(), json -> {
            position(json, start.position());
            json.writeBooleanProperty("recovered", start.recovered());
            if (connection != null) {
                json.writeStringProperty("connection", connection);
            }
        });
    }

    static String unsubscribed(long id, TopicPattern pattern) {
        return reply("unsubscribed", id, pattern.value(), json -> {});
    }

    static String published(long id, TopicName topic, PublishResult result) {
        return reply("published", id, topic.value(), json -> {
            position(json, result.position());
            if (result.duplicate()) {
                json.writeBooleanProperty("duplicate", true);
            }
        });
    }

    static String presence(long id, TopicName topic, List<Member> members) {
        return reply("presence", id, topic.value(), json -> {
            json.writeArrayPropertyStart("members");
            for (Member member : members) {
                json.writeStartObject();
                fields(json, member);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String pong(long id) {
        return object("pong", json -> json.writeNumberProperty("id", id));
    }

    static String authenticated(long id, String principal, Instant expiresAt) {
        return object("authenticated", json -> {
            json.writeNumberProperty("id", id);
            json.writeStringProperty("principal", principal);
            json.writeStringProperty("expiresAt", expiresAt.toString());
        });
    }

    /** Not asked for: access has ended. */
    static String unsubscribed(TopicPattern pattern) {
        return object("unsubscribed", json -> json.writeStringProperty("topic", pattern.value()));
    }

    static String error(@Nullable Long id, ErrorCode code, String message) {
        return object("error", json -> {
            if (id != null) {
                json.writeNumberProperty("id", id);
            }
            json.writeStringProperty("code", code.code());
            json.writeStringProperty("message", message);
        });
    }

    static String publication(Publication publication) {
        return object("publication", json -> {
            json.writeStringProperty("topic", publication.topic().value());
            position(json, publication.position());
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

    static String resumed(TopicName topic, Position from, boolean complete) {
        return object("resumed", json -> {
            json.writeStringProperty("topic", topic.value());
            position(json, from);
            json.writeBooleanProperty("recovered", complete);
        });
    }

    /** @param type {@code joined} or {@code left} */
    static String member(String type, TopicName topic, Member member) {
        return object(type, json -> {
            json.writeStringProperty("topic", topic.value());
            fields(json, member);
        });
    }

    private static void position(JsonGenerator json, Position position) {
        json.writeStringProperty("epoch", position.epoch());
        json.writeNumberProperty("offset", position.offset());
    }

    private static void fields(JsonGenerator json, Member member) {
        json.writeStringProperty("connection", member.connection());
        if (member.principal() != null) {
            json.writeStringProperty("principal", member.principal());
        }
        if (member.info() != null) {
            json.writeName("info");
            json.writeRawValue(member.info());
        }
    }

    private static void json(JsonGenerator json, String text) {
        if (text.isBlank() || text.charAt(0) == BYTE_ORDER_MARK) {
            json.writeStringProperty("data", text);
        } else {
            json.writeName("data");
            json.writeRawValue(oneLine(text));
        }
    }

    /** In JSON a line break is either white space or written as an escape. */
    private static String oneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ');
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }

    private static String reply(String type, long id, String topic, Fields fields) {
        return object(type, json -> {
            json.writeNumberProperty("id", id);
            json.writeStringProperty("topic", topic);
            fields.write(json);
        });
    }

    private static String object(String type, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("type", type);
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private interface Fields {
        void write(JsonGenerator json);
    }
}
