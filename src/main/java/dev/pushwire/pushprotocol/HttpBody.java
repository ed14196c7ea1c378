package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.polling.PostedBodies;
import dev.pushwire.tomcat.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands as the body of a request: one message of lines. */
final class HttpBody {
    /** In bytes. Nodes hand bodies to each other, each in one message. */
    static final int MOST = 64 * 1024;

    private HttpBody() {}

    /**
     * Reads a body, see {@link RequestBody}.
     *
     * @throws HandshakeRefusedException besides, 400 for one that is not UTF-8
     */
    static byte[] read(HttpServletRequest request, Duration patience) throws HandshakeRefusedException {
        byte[] bytes = RequestBody.read(request, MOST, patience);
        if (messages(bytes) == null) {
            throw new HandshakeRefusedException(400, "The body is not UTF-8.");
        }
        return bytes;
    }

    /** See {@link PostedBodies}. */
    static @Nullable List<PostedBodies.Message> messages(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            return null;
        }
        return body.length == 0 ? List.of() : List.of(new PostedBodies.Message(true, body));
    }
}
