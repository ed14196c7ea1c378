package dev.pushwire.pushprotocol;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.Authenticated;
import dev.pushwire.push.Subscribed;
import dev.pushwire.push.SubscriptionStart;
import java.io.StringWriter;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the messages of the server, each in one line. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /**
     * A subscription has begun.
     *
     * @param id null if the client did not ask for it
     * @param connection the client's own id, which it is told if the topic shows its members
     */
    static String subscribed(@Nullable Long id, Subscribed begun, String connection) {
        return reply("subscribed", id, begun.topic().value(), json -> {
            SubscriptionStart start = begun.start();
            if (start != null) {
                position(json, start.position());
                json.writeBooleanProperty("recovered", start.recovered());
            }
            if (begun.isShown()) {
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

    static String authenticated(long id, Authenticated done) {
        return object("authenticated", json -> {
            json.writeNumberProperty("id", id);
            json.writeStringProperty("principal", done.principal().getName());
            json.writeStringProperty("expiresAt", done.expiresAt().toString());
            json.writeNumberProperty("expiresIn", done.expiresIn().toSeconds());
        });
    }

    /** A subscription has ended, since the client's access has ended. The client did not ask for it. */
    static String unsubscribed(TopicPattern pattern) {
        return object("unsubscribed", json -> json.writeStringProperty("topic", pattern.value()));
    }

    static String error(@Nullable Long id, ErrorCode code, String message) {
        return object("error", json -> {
            if (id != null) {
                json.writeNumberProperty("id", id);
            }
            error(json, code, message);
        });
    }

    /** An error about one of several topics. */
    static String error(@Nullable Long id, TopicPattern topic, ErrorCode code, String message) {
        return reply("error", id, topic.value(), json -> error(json, code, message));
    }

    private static void error(JsonGenerator json, ErrorCode code, String message) {
        json.writeStringProperty("code", code.code());
        json.writeStringProperty("message", message);
    }

    static String connected(long id, String connection, @Nullable Principal principal, ProtocolLimits limits) {
        return object("connected", json -> {
            json.writeNumberProperty("id", id);
            connected(json, connection, principal, limits);
        });
    }

    /**
     * The first message of a session without a WebSocket.
     *
     * @param session the session's id, which is a secret
     */
    static String opened(String session, String connection, @Nullable Principal principal, ProtocolLimits limits) {
        return object("connected", json -> {
            json.writeStringProperty("session", session);
            connected(json, connection, principal, limits);
        });
    }

    private static void connected(
            JsonGenerator json, String connection, @Nullable Principal principal, ProtocolLimits limits) {
        json.writeStringProperty("connection", connection);
        if (principal != null) {
            json.writeStringProperty("principal", principal.getName());
        }
        json.writeName("limits");
        json.writeStartObject();
        json.writeNumberProperty("messageSize", limits.messageSize());
        if (limits.commandsPerSecond() > 0) {
            json.writeNumberProperty("commandsPerSecond", limits.commandsPerSecond());
        }
        json.writeNumberProperty("topics", limits.subscriptions().topics());
        json.writeNumberProperty("patterns", limits.subscriptions().patterns());
        json.writeNumberProperty("topicsPerCommand", SubscriptionReader.MOST);
        json.writeEndObject();
    }

    /** Stands for the Close frame, which only a WebSocket has. */
    static String closed(CloseStatus status) {
        return object("closed", json -> {
            json.writeNumberProperty("code", status.code());
            json.writeStringProperty("reason", status.reason());
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
        json.writeStringProperty("position", position.toString());
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

    private static String reply(String type, @Nullable Long id, String topic, Fields fields) {
        return object(type, json -> {
            if (id != null) {
                json.writeNumberProperty("id", id);
            }
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
