package dev.pushwire.pushprotocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What answers with lines say of themselves. */
final class HttpHeaders {
    private HttpHeaders() {}

    /** nginx buffers and caches what does not say that it must not; others heed {@code no-store}. */
    static void describe(HttpWay way, HttpServletResponse response) {
        response.setContentType(way.contentType());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Answers with all that there is. */
    static void write(byte[] body, HttpServletResponse response) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
