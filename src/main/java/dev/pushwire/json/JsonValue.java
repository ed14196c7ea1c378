package dev.pushwire.json;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A value within a larger JSON text, taken out to be passed on. Numbers keep their digits, since the next reader may
 * count more exactly than any type here. White space is dropped.
 *
 * @param isString whether it is a string
 * @param text the content of a string, without quotes; the JSON of any other value
 */
@JsonDeserialize(using = JsonValueReader.class)
public record JsonValue(boolean isString, String text) {
    private static final String NULL = "null";

    /** The value of an explicit null. */
    static final JsonValue OF_NULL = new JsonValue(false, NULL);

    /** Takes the value at which a parser is, and leaves the parser at its end. */
    public static JsonValue read(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return new JsonValue(true, parser.getString());
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonRule.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            int depth = copy(parser, json);
            while (depth > 0) {
                parser.nextToken();
                depth += copy(parser, json);
            }
        }
        return new JsonValue(false, text.toString());
    }

    /**
     * Copies a token.
     *
     * @return by how much deeper it leads
     */
    private static int copy(JsonParser parser, JsonGenerator json) {
        if (parser.currentToken().isNumeric()) {
            json.writeNumber(parser.getString());
        } else {
            json.copyCurrentEvent(parser);
        }
        JsonToken token = parser.currentToken();
        return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }

    /** The value as JSON, for a larger text. */
    public String json() {
        if (!isString) {
            return text;
        }
        StringWriter quoted = new StringWriter();
        try (JsonGenerator json = JsonRule.FACTORY.createGenerator(ObjectWriteContext.empty(), quoted)) {
            json.writeString(text);
        }
        return quoted.toString();
    }

    public boolean isNull() {
        return !isString && text.equals(NULL);
    }

    /** Whether the value can be sent: see {@link JsonRule#isWhole}. */
    public boolean isWhole() {
        return JsonRule.isWhole(text);
    }
}
