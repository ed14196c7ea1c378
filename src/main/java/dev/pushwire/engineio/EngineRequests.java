package dev.pushwire.engineio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.HttpRequestHandler;

/** Answers those who ask for a session without a WebSocket, in a way that clients of Engine.IO understand. */
public final class EngineRequests implements HttpRequestHandler {
    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        EngineError error = EngineError.ofRequest(
                request.getMethod(), request.getParameter("transport"), request.getParameter("sid"));
        byte[] body = error.json().getBytes(StandardCharsets.UTF_8);
        response.setStatus(EngineError.STATUS);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
