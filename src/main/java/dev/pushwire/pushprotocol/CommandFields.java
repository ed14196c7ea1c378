package dev.pushwire.pushprotocol;

import dev.pushwire.json.JsonRule;
import dev.pushwire.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The known fields of a command. All others are ignored. */
final class CommandFields {
    private static final String ID = "id";
    private static final String TYPE = "type";
    private static final Set<String> KNOWN = Set.of(
            ID, TYPE, "topic", "topics", "since", "last", "info", "data", "encoding", "key", "idempotencyKey", "token");
    private static final Set<String> OF_POSITION = Set.of("epoch", "offset");

    /** The largest number that JavaScript counts exactly. */
    private static final long LARGEST_ID = (1L << 53) - 1;

    private final Map<String, JsonValue> values;
    private final long id;
    private final String place;

    private CommandFields(Map<String, JsonValue> values, long id, String place) {
        this.values = values;
        this.id = id;
        this.place = place;
    }

    /** @throws CommandException with the id, if it comes before what is wrong */
    static CommandFields read(String line) throws CommandException {
        Map<String, JsonValue> values = new HashMap<>();
        String fault = readInto(values, line);
        Long id = integer(values.get(ID));
        if (fault != null) {
            throw malformed(id, fault);
        }
        if (id == null) {
            throw malformed(
                    null,
                    values.containsKey(ID)
                            ? "'id' is an integer from 0 to " + LARGEST_ID + "."
                            : "The command has no 'id', an integer from 0 to " + LARGEST_ID + ".");
        }
        return new CommandFields(values, id, "");
    }

    /**
     * Reads the fields.
     *
     * @return what is wrong; null if nothing is
     */
    private static @Nullable String readInto(Map<String, JsonValue> values, String line) {
        try (JsonParser parser = JsonRule.parser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "A command is a JSON object, in one line.";
            }
            readObject(parser, KNOWN, values);
            return parser.nextToken() == null ? null : "A line holds one command; behind it there is something else.";
        } catch (JacksonException e) {
            return "The line is not JSON, or none that this service takes. " + JsonRule.SENTENCE;
        }
    }

    /** Reads the fields of an object. The parser stands at the object's start, and then at its end. */
    private static void readObject(JsonParser parser, Set<String> wanted, Map<String, JsonValue> values) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (wanted.contains(name)) {
                values.put(name, JsonValue.read(parser));
            } else {
                parser.skipChildren();
            }
        }
    }

    /**
     * The objects of a list, each with fields of its own.
     *
     * @param name the name of the field, for the error
     * @param most how many objects there may be; there must be at least one
     */
    List<CommandFields> list(String name, JsonValue value, int most) throws CommandException {
        List<CommandFields> all = new ArrayList<>();
        String rule = "'" + name + "' is an array of 1 to " + most + " objects.";
        try (JsonParser parser = JsonRule.parser(value.isString() ? value.json() : value.text())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw malformed(id, rule);
            }
            while (parser.nextToken() == JsonToken.START_OBJECT && all.size() < most) {
                Map<String, JsonValue> fields = new HashMap<>();
                readObject(parser, KNOWN, fields);
                all.add(new CommandFields(fields, id, "In '" + name + "[" + all.size() + "]': "));
            }
            if (all.isEmpty() || parser.currentToken() != JsonToken.END_ARRAY) {
                throw malformed(id, rule);
            }
        }
        return all;
    }

    /** A position of two fields, as text; null for anything else. */
    @Nullable
    String position(JsonValue value) {
        try (JsonParser parser = JsonRule.parser(value.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, JsonValue> fields = new HashMap<>();
            readObject(parser, OF_POSITION, fields);
            JsonValue epoch = fields.get("epoch");
            Long offset = integer(fields.get("offset"));
            return epoch == null || offset == null ? null : epoch.text() + ":" + offset;
        }
    }

    /** A number from 0 that JavaScript counts exactly, in any notation: 1, 1.0 and 1e0 are the same. */
    static @Nullable Long integer(@Nullable JsonValue value) {
        if (value == null || value.isString()) {
            return null;
        }
        try {
            long id = new BigDecimal(value.text()).longValueExact();
            return id < 0 || id > LARGEST_ID ? null : id;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static CommandException malformed(@Nullable Long id, String fault) {
        return new CommandException(id, ErrorCode.MALFORMED, fault);
    }

    long id() {
        return id;
    }

    String type() throws CommandException {
        JsonValue type = values.get(TYPE);
        if (type == null || !type.isString()) {
            throw malformed(id, type == null ? "The command has no 'type'." : "'type' is a string.");
        }
        return type.text();
    }

    /** A field; null if it is absent. */
    @Nullable
    JsonValue value(String field) {
        return values.get(field);
    }

    /** A string field. Absent and null are the same; any other value is refused. */
    @Nullable
    String string(String field, ErrorCode otherwise) throws CommandException {
        JsonValue value = values.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw refused(otherwise, "'" + field + "' is a string.");
        }
        return value.text();
    }

    CommandException refused(ErrorCode code) {
        return refused(code, code.message());
    }

    CommandException refused(ErrorCode code, String sentence) {
        return new CommandException(id, code, place + sentence);
    }
}
