package dev.pushwire.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The rule for JSON that comes from outside: RFC 8259, with the choices that all readers understand alike (RFC 7493).
 * Every such text is read with {@link #FACTORY}. Thread-safe.
 */
public final class JsonRule {
    /** How deep arrays and objects may nest. */
    public static final int MAX_DEPTH = 500;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 1000;

    /** The rule, in a sentence for a client that broke it. */
    public static final String SENTENCE =
            "JSON is one value, in UTF-8 without a byte order mark, with names that occur once in their object, at most "
                    + MAX_DEPTH + " levels, numbers of at most " + MAX_NUMBER_LENGTH
                    + " characters, and no half of a surrogate pair in a string.";

    /** Reads by the rule. {@link #isWhole} checks strings, and the reader checks that there is one value. */
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

    /** Whether all surrogates are in pairs. Escapes can write single ones, which UTF-8 cannot encode. */
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
