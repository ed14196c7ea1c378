package dev.pushwire.socketio;

import java.io.StringWriter;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes arguments of Java objects and Java objects of arguments, with the application's Jackson. Thread-safe. */
final class ArgumentCodec {
    private static final Logger log = LoggerFactory.getLogger(ArgumentCodec.class);
    private static final TypeReference<Map<String, @Nullable Object>> DATA = new TypeReference<>() {};

    private final ObjectMapper mapper;
    private final ObjectReader trees;

    ArgumentCodec(ObjectMapper mapper) {
        this.mapper = mapper;
        this.trees = mapper.readerFor(JsonNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** @throws IllegalArgumentException if Jackson cannot write a value, or there are too many attachments */
    Arguments encode(@Nullable Object... values) {
        if (values.length == 1 && values[0] instanceof Arguments arguments) {
            return arguments;
        }
        List<ByteBuffer> attachments = new ArrayList<>(0);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new AttachingGenerator(mapper.createGenerator(text), attachments)) {
            json.writeStartArray();
            for (Object value : values) {
                write(json, value);
            }
            json.writeEndArray();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("An argument cannot be written as JSON", e);
        }
        if (attachments.size() > PacketReader.MAX_ATTACHMENTS) {
            throw new IllegalArgumentException("Clients of Socket.IO take at most " + PacketReader.MAX_ATTACHMENTS
                    + " pieces of binary data in an event, not " + attachments.size());
        }
        return new Arguments(text.toString(), attachments);
    }

    private void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Arguments _ -> throw new IllegalArgumentException("Arguments are passed on alone, not among others");
            default -> mapper.writeValue(json, value);
        }
    }

    /** As JSON without attachments. */
    String json(Object value) {
        return mapper.writeValueAsString(value);
    }

    /** A socket's data as JSON, without values that Jackson cannot write. */
    String writeData(Map<String, Object> data) {
        ObjectNode object = mapper.createObjectNode();
        data.forEach((key, value) -> {
            try {
                object.set(key, mapper.readTree(mapper.writeValueAsString(value)));
            } catch (JacksonException e) {
                log.debug("The data '{}' of a socket stays on its node: Jackson cannot write it", key, e);
            }
        });
        return object.toString();
    }

    /** The same data, as maps, lists, strings, numbers and booleans. */
    Map<String, Object> readData(String json) {
        Map<String, @Nullable Object> all = mapper.readValue(json, DATA);
        Map<String, Object> data = new HashMap<>();
        all.forEach((key, value) -> {
            if (value != null) {
                data.put(key, value);
            }
        });
        return data;
    }

    /** A reader of one argument. */
    ObjectReader reader(Type type) {
        return mapper.readerFor(mapper.constructType(type)).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** @throws IllegalArgumentException if Jackson cannot read the argument */
    <T> @Nullable T decode(Arguments arguments, int index, Class<T> type) {
        List<@Nullable ObjectReader> readers = new ArrayList<>();
        for (int i = 0; i < index; i++) {
            readers.add(null);
        }
        readers.add(reader(type));
        Object value = decode(arguments, readers)[index];
        @SuppressWarnings("unchecked") // Class.cast would fail for a primitive type
        T result = (T) value;
        return result;
    }

    /**
     * Reads the first arguments, one with each reader.
     *
     * @param readers null for an argument that is not wanted
     * @throws IllegalArgumentException if Jackson cannot read an argument
     */
    @Nullable
    Object[] decode(Arguments arguments, List<? extends @Nullable ObjectReader> readers) {
        @Nullable Object[] values = new Object[readers.size()];
        try (JsonParser parser = parser(arguments)) {
            parser.nextToken();
            for (int i = 0; i < values.length && parser.nextToken() != JsonToken.END_ARRAY; i++) {
                ObjectReader reader = readers.get(i);
                if (reader == null) {
                    parser.skipChildren();
                } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                    values[i] = reader.readValue(parser);
                }
            }
            return values;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("An argument is not what the handler takes", e);
        }
    }

    /** Reads the {@code auth} of a client. */
    @Nullable
    Object decode(String json, ObjectReader reader) {
        try (JsonParser parser = mapper.createParser(json)) {
            parser.nextToken();
            return reader.readValue(parser);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The auth is not what the handler takes", e);
        }
    }

    private JsonParser parser(Arguments arguments) {
        List<ByteBuffer> attachments = arguments.attachments();
        if (attachments.isEmpty()) {
            return mapper.createParser(arguments.json());
        }
        JsonNode tree = trees.readTree(arguments.json());
        return mapper.treeAsTokens(filled(tree, attachments));
    }

    /** The same value with the attachments in their places. */
    private static JsonNode filled(JsonNode node, List<ByteBuffer> attachments) {
        switch (node) {
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, filled(array.get(i), attachments));
                }
            }
            case ObjectNode object -> {
                if (object.path(Placeholders.MARK).asBoolean(false)) {
                    return object.binaryNode(bytes(
                            attachments.get(object.path(Placeholders.NUMBER).asInt())));
                }
                object.propertyNames().forEach(name -> object.set(name, filled(object.get(name), attachments)));
            }
            default -> {}
        }
        return node;
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return bytes;
    }
}
