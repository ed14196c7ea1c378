package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.polling.PostedBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

    private static final int PIECE = 8 * 1024;

    private HttpBody() {}

    /**
     * Reads a body, on the request's own thread, which waits for it.
     *
     * @param patience for all of it. A client that sends a byte now and then would keep a request, and what Tomcat has for it, for days
     * @throws HandshakeRefusedException 413 for one that is too large, 408 for one that takes too long, 400 for one that ends too
     *     early or is not UTF-8
     */
    static byte[] read(HttpServletRequest request, Duration patience) throws HandshakeRefusedException {
        if (request.getContentLengthLong() > MOST) {
            throw tooLarge();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long start = System.nanoTime();
        try {
            InputStream in = request.getInputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                body.write(piece, 0, count);
                if (body.size() > MOST) {
                    throw tooLarge();
                }
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new HandshakeRefusedException(408, "The body took too long.");
                }
            }
        } catch (IOException e) {
            throw new HandshakeRefusedException(400, "The body ended too early, or nothing of it came for too long.");
        }
        byte[] bytes = body.toByteArray();
        if (messages(bytes) == null) {
            throw new HandshakeRefusedException(400, "The body is not UTF-8.");
        }
        return bytes;
    }

    private static HandshakeRefusedException tooLarge() {
        return new HandshakeRefusedException(413, "A body has at most " + MOST + " bytes.");
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
