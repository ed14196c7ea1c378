package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads a request's body as JSON, and no more of it than a limit. What does not fit is said by where it is, never by a parser's
 * message.
 */
final class JsonBody {
    /** Numbers keep their digits: what was published is what subscribers get. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonBody() {}

    /**
     * Reads a body.
     *
     * @param limit in bytes
     * @param expected a sentence of what it should be
     * @throws org.springframework.web.ErrorResponseException 415 when it is not said to be JSON, 413 when it is too large,
     *     400 when it is not what is expected
     */
    static <T> T read(HttpServletRequest request, int limit, Class<T> type, String expected) {
        if (!isJson(request.getContentType())) {
            throw Problems.wrongContentType();
        }
        byte[] body = PublicationReader.body(request, limit, Problems::bodyTooLarge);
        T value;
        try {
            value = JSON.readValue(body, type);
        } catch (DatabindException e) {
            throw Problems.notJson(at(e) + expected);
        } catch (JacksonException e) {
            throw Problems.notJson("The body is no valid JSON. " + expected);
        }
        if (value == null) {
            throw Problems.notJson(expected);
        }
        return value;
    }

    /** A value as it is sent to subscribers. */
    static byte[] write(JsonNode value) {
        return JSON.writeValueAsBytes(value);
    }

    /** What is known to be JSON. */
    static JsonNode parse(String text) {
        return JSON.readTree(text);
    }

    private static String at(DatabindException problem) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : problem.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else if (isPlain(step.getPropertyName())) {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "" : "It is wrong at '" + path + "'. ";
    }

    /** A name that could be one of ours; others are not repeated. */
    private static boolean isPlain(String name) {
        return name.length() <= 32 && name.chars().allMatch(c -> c < 0x7F && Character.isLetter(c));
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
