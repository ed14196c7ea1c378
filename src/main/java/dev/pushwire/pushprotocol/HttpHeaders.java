package dev.pushwire.pushprotocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The headers of answers with lines. */
final class HttpHeaders {
    private HttpHeaders() {}

    /** nginx buffers and caches answers that do not forbid it. Other proxies heed {@code no-store}. */
    static void describe(HttpWay way, HttpServletResponse response) {
        response.setContentType(way.contentType());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Writes a complete answer. */
    static void write(byte[] body, HttpServletResponse response) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
