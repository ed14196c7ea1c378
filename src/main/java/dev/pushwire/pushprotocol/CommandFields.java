package dev.pushwire.pushprotocol;

import dev.pushwire.json.JsonRule;
import dev.pushwire.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of a command that anybody asks for; all others are passed over. */
final class CommandFields {
    private static final String ID = "id";
    private static final String TYPE = "type";
    private static final Set<String> KNOWN =
            Set.of(ID, TYPE, "topic", "since", "info", "data", "encoding", "key", "idempotencyKey", "token");

    /** The largest number that JavaScript counts exactly. */
    private static final long LARGEST_ID = (1L << 53) - 1;

    private final Map<String, JsonValue> values;
    private final long id;

    private CommandFields(Map<String, JsonValue> values, long id) {
        this.values = values;
        this.id = id;
    }

    /** @throws CommandException with the id, where that stands before what is wrong */
    static CommandFields read(String line) throws CommandException {
        Map<String, JsonValue> values = new HashMap<>();
        String fault = readInto(values, line);
        Long id = idOf(values.get(ID));
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
        return new CommandFields(values, id);
    }

    /** Returns what is wrong; null for nothing. */
    private static @Nullable String readInto(Map<String, JsonValue> values, String line) {
        try (JsonParser parser = JsonRule.parser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "A command is a JSON object, in one line.";
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (KNOWN.contains(name)) {
                    values.put(name, JsonValue.read(parser));
                } else {
                    parser.skipChildren();
                }
            }
            return parser.nextToken() == null ? null : "A line holds one command; behind it there is something else.";
        } catch (JacksonException e) {
            return "The line is not JSON, or none that this service takes. " + JsonRule.SENTENCE;
        }
    }

    /** An integer is one however it is written: 1, 1.0 and 1e0 are the same number. */
    private static @Nullable Long idOf(@Nullable JsonValue value) {
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

    /** A field; null when it is absent. */
    @Nullable
    JsonValue value(String field) {
        return values.get(field);
    }

    /** A field that may be absent or null, which is the same, but is a string if it is there. */
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

    CommandException refused(ErrorCode code, String sentence) {
        return new CommandException(id, code, sentence);
    }
}
