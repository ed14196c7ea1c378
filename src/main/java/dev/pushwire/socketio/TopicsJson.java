package dev.pushwire.socketio;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import dev.pushwire.json.JsonRule;
import dev.pushwire.push.Authenticated;
import dev.pushwire.push.ClientRefusal;
import dev.pushwire.push.Subscribed;
import dev.pushwire.push.SubscriptionStart;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The JSON objects of the namespace {@code /topics}, in answers and events. */
final class TopicsJson {
    /** Nodes that check less may publish JSON that is empty, or begins with this. Neither may be in a message. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The placeholder of the binary data that follows. */
    private static final String THE_ATTACHMENT = "{\"_placeholder\":true,\"num\":0}";

    private interface Fields {
        void write(JsonGenerator json);
    }

    private TopicsJson() {}

    static String error(String code, String message) {
        return object(json -> {
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
            json.writeEndObject();
        });
    }

    /** The code of a refusal on the wire. */
    static String code(ClientRefusal refusal) {
        ClientRefusal told = refusal == ClientRefusal.TOKEN_NEEDED ? ClientRefusal.UNAUTHENTICATED : refusal;
        return told.name().toLowerCase(Locale.ROOT);
    }

    /** @param connection the client's own id, if the topic shows its members */
    static String subscribed(Subscribed subscribed, String connection) {
        return object(json -> {
            json.writeStringProperty("topic", subscribed.topic().value());
            SubscriptionStart start = subscribed.start();
            if (start != null) {
                position(json, start.position());
                json.writeBooleanProperty("recovered", start.recovered());
            }
            if (subscribed.isShown()) {
                json.writeStringProperty("connection", connection);
            }
        });
    }

    static String topic(String topic) {
        return object(json -> json.writeStringProperty("topic", topic));
    }

    static String published(TopicName topic, PublishResult result) {
        return object(json -> {
            json.writeStringProperty("topic", topic.value());
            position(json, result.position());
            if (result.duplicate()) {
                json.writeBooleanProperty("duplicate", true);
            }
        });
    }

    static String presence(TopicName topic, List<Member> members) {
        return object(json -> {
            json.writeStringProperty("topic", topic.value());
            json.writeArrayPropertyStart("members");
            for (Member member : members) {
                json.writeStartObject();
                fields(json, member);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String authenticated(Authenticated authenticated) {
        return object(json -> {
            json.writeStringProperty("principal", authenticated.principal().getName());
            json.writeStringProperty("expiresAt", authenticated.expiresAt().toString());
            json.writeNumberProperty("expiresIn", authenticated.expiresIn().toSeconds());
        });
    }

    static String publication(Publication publication) {
        return object(json -> {
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
                    json.writeName("data");
                    json.writeRawValue(THE_ATTACHMENT);
                }
            }
        });
    }

    static String resumed(TopicName topic, Position from, boolean complete) {
        return object(json -> {
            json.writeStringProperty("topic", topic.value());
            position(json, from);
            json.writeBooleanProperty("recovered", complete);
        });
    }

    static String member(TopicName topic, Member member) {
        return object(json -> {
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
        @Nullable String info = member.info();
        if (info != null) {
            json.writeName("info");
            json.writeRawValue(info);
        }
    }

    private static void json(JsonGenerator json, String text) {
        if (text.isBlank() || text.charAt(0) == BYTE_ORDER_MARK) {
            json.writeStringProperty("data", text);
        } else {
            json.writeName("data");
            json.writeRawValue(text);
        }
    }

    private static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonRule.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
