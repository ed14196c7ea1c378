package dev.pushwire.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * What is JSON here: RFC 8259, and of what it leaves open the part that all readers understand alike (RFC 7493). Each JSON text that
 * comes from outside is read with {@link #FACTORY}. Thread-safe.
 */
public final class JsonRule {
    /** Of arrays and objects within each other. */
    public static final int MAX_DEPTH = 500;

    /** Of a number, in characters. */
    public static final int MAX_NUMBER_LENGTH = 1000;

    /** The rule, in a sentence for a client that sent something else. */
    public static final String SENTENCE =
            "JSON is one value, in UTF-8 without a byte order mark, with names that occur once in their object, at most "
                    + MAX_DEPTH + " levels, numbers of at most " + MAX_NUMBER_LENGTH
                    + " characters, and no half of a surrogate pair in a string.";

    /** Reads by the rule; whether strings are whole is for {@link #isWhole}, whether there is one value for the reader. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    // What is read is in memory already, and no longer than a message may be.
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonRule() {}

    /** A reader of this text. */
    public static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    /** Whether a text is JSON by the rule. */
    public static boolean isJson(String text) {
        try (JsonParser parser = parser(text)) {
            int depth = 0;
            do {
                JsonToken token = parser.nextToken();
                if (token == null || !isWhole(parser, token)) {
                    return false;
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
            } while (depth > 0);
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isWhole(JsonParser parser, JsonToken token) {
        return (token != JsonToken.VALUE_STRING && token != JsonToken.PROPERTY_NAME) || isWhole(parser.getString());
    }

    /** Whether all surrogates stand in pairs. Others are possible as escapes, and have no form in UTF-8. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (Character.isLowSurrogate(c) || i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
