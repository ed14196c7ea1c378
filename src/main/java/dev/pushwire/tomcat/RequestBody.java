package dev.pushwire.tomcat;

import dev.pushwire.endpoint.HandshakeRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads the bodies of requests, within limits of size and time. */
public final class RequestBody {
    private static final int PIECE = 8 * 1024;

    private RequestBody() {}

    /**
     * Reads a body on the request's own thread, which waits for it. Memory grows with what arrives.
     *
     * @param most the most bytes of a body
     * @param patience the time for the whole body. A client that sends a byte now and then could otherwise keep a
     *     request, and Tomcat's memory for it, for days
     * @throws HandshakeRefusedException 413 if the body is too large, 408 if it takes too long, 400 if it ends too
     *     early
     */
    public static byte[] read(HttpServletRequest request, int most, Duration patience)
            throws HandshakeRefusedException {
        if (request.getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long start = System.nanoTime();
        try {
            InputStream in = request.getInputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                body.write(piece, 0, count);
                if (body.size() > most) {
                    throw tooLarge(most);
                }
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new HandshakeRefusedException(408, "The body took too long.");
                }
            }
        } catch (IOException e) {
            throw new HandshakeRefusedException(400, "The body ended too early, or nothing of it came for too long.");
        }
        return body.toByteArray();
    }

    private static HandshakeRefusedException tooLarge(int most) {
        return new HandshakeRefusedException(413, "A body has at most " + most + " bytes.");
    }
}
