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

/** The body of a request: one message with commands, one in a line. */
final class HttpBody {
    /** The most bytes of a body. Nodes pass bodies to each other, each in one message. */
    static final int MOST = 64 * 1024;

    private HttpBody() {}

    /**
     * Reads a body, see {@link RequestBody}.
     *
     * @throws HandshakeRefusedException also 400 if the body is not UTF-8
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
