package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Makes a message of a request's body, byte for byte. The body is read here and not by a Spring converter, since those
 * take {@code application/x-www-form-urlencoded}, which is what {@code curl -d} sends, apart and encode it anew.
 */
final class PublicationReader {
    private PublicationReader() {}

    /**
     * Reads a body of at most {@code limit} bytes: a binary message when it is {@code application/octet-stream}, else
     * text.
     *
     * @throws org.springframework.web.ErrorResponseException 413 when it is larger, having read no more than one byte
     *     beyond the limit; 400 when it ends too early or is text but not UTF-8
     */
    static OutboundMessage read(HttpServletRequest request, int limit) {
        byte[] body = body(request, limit);
        return isBinary(request.getContentType()) ? OutboundMessage.binary(ByteBuffer.wrap(body)) : text(body);
    }

    private static byte[] body(HttpServletRequest request, int limit) {
        long announced = request.getContentLengthLong(); // -1: it does not say
        if (announced > limit) {
            throw Problems.tooLarge(limit);
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(limit + 1); // memory grows with what arrives
        } catch (IOException e) {
            throw Problems.incompleteBody();
        }
        if (body.length > limit) {
            throw Problems.tooLarge(limit);
        }
        if (announced >= 0 && announced != body.length) {
            // A filter, or a resolver of forms and uploads, has read from it: better no message than half of one.
            throw Problems.incompleteBody();
        }
        return body;
    }

    private static OutboundMessage text(byte[] utf8) {
        try {
            return OutboundMessage.text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw Problems.notUtf8();
        }
    }

    private static boolean isBinary(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            return MediaType.APPLICATION_OCTET_STREAM.equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
