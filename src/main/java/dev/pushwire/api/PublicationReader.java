package dev.pushwire.api;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Payload.Kind;
import dev.pushwire.json.JsonRule;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;

/**
 * Makes a payload of a request's body, byte for byte. It reads the body itself. Spring's converters would parse
 * {@code application/x-www-form-urlencoded}, which {@code curl -d} sends, and encode it again.
 */
final class PublicationReader {
    private static final char REPLACEMENT = '\uFFFD';

    private PublicationReader() {}

    /**
     * Reads a body of at most {@code limit} bytes: binary if it is {@code application/octet-stream}, JSON if it is
     * {@code application/json}, and otherwise text.
     *
     * @throws org.springframework.web.ErrorResponseException 413 if it is larger, after one byte beyond the limit at
     *     most; 400 if it ends too early, claims to be JSON and is not, or is text and not UTF-8
     */
    static Payload read(HttpServletRequest request, int limit) {
        byte[] body = body(request, limit, Problems::messageTooLarge);
        MediaType type = mediaType(request.getContentType());
        if (MediaType.APPLICATION_OCTET_STREAM.equalsTypeAndSubtype(type)) {
            return Payload.of(Kind.BINARY, body);
        }
        String text = utf8(body);
        if (text == null) {
            throw Problems.notUtf8();
        }
        if (!MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
            return Payload.of(Kind.TEXT, body);
        }
        if (!JsonRule.isJson(text)) {
            throw Problems.noJson();
        }
        return Payload.of(Kind.JSON, body);
    }

    /** @param tooLarge the answer if there is more than the limit */
    static byte[] body(HttpServletRequest request, int limit, IntFunction<ErrorResponseException> tooLarge) {
        long announced = request.getContentLengthLong(); // -1 if the request does not say
        if (announced > limit) {
            throw tooLarge.apply(limit);
        }
        byte[] body;
        try {
            int most = announced < 0 ? limit : (int) announced; // and one more, to see whether that was all
            body = request.getInputStream().readNBytes(most + 1); // memory grows with what arrives
        } catch (IOException e) {
            throw Problems.incompleteBody();
        }
        if (body.length > limit) {
            throw tooLarge.apply(limit);
        }
        if (announced >= 0 && announced != body.length) {
            // A filter, or a resolver of forms and uploads, has read from it: better no message than half of one.
            throw Problems.incompleteBody();
        }
        return body;
    }

    /** The text of the bytes in UTF-8; null if they are not UTF-8. */
    static @Nullable String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8); // puts REPLACEMENT where the bytes are not UTF-8
        return text.indexOf(REPLACEMENT) < 0 || isUtf8(bytes) ? text : null;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static @Nullable MediaType mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        try {
            return MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }
}
