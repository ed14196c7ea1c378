package dev.pushwire.api;

import dev.pushwire.json.JsonRule;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.util.RawValue;

/**
 * Reads a request's body as JSON, up to a limit. The error names the place that is wrong, and never repeats a parser's
 * message.
 */
final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder(JsonRule.FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private JsonBody() {}

    /**
     * Reads a body.
     *
     * @param limit in bytes
     * @param expected the rule for the body, in a sentence
     * @throws org.springframework.web.ErrorResponseException 415 if its type is not JSON, 413 if it is too large, 400
     *     if it breaks the rule
     */
    static <T> T read(HttpServletRequest request, int limit, Class<T> type, String expected) {
        if (!isJson(request.getContentType())) {
            throw Problems.wrongContentType();
        }
        String body = PublicationReader.utf8(PublicationReader.body(request, limit, Problems::bodyTooLarge));
        if (body == null) {
            throw Problems.notJson(JsonRule.SENTENCE);
        }
        T value;
        try {
            value = JSON.readValue(body, type);
        } catch (DatabindException e) {
            throw Problems.notJson(at(e) + expected);
        } catch (JacksonException e) {
            throw Problems.notJson("The body is no valid JSON. " + JsonRule.SENTENCE + " " + expected);
        }
        if (value == null) {
            throw Problems.notJson(expected);
        }
        return value;
    }

    /**
     * Reads JSON that is written unchanged. A text that is not JSON becomes a string: a node that checks less may have
     * accepted it.
     */
    static JsonNode verbatim(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return JsonRule.isJson(text) ? (JsonNode) nodes.rawValueNode(new RawValue(text)) : nodes.stringNode(text);
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

    /** Whether a name could be one of the API's. Others are not repeated. */
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
