package dev.pushwire.tomcat;

import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.HttpRequestHandler;

/** Answers a request for the path of an endpoint that does not ask for a WebSocket (RFC 9110, section 15.5.22). */
public final class UpgradeRequired implements HttpRequestHandler {
    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String method = request.getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            nameProtocol(request, response);
            ProblemWriter.write(CommonProblems.of(426), response);
        } else {
            response.setHeader("Allow", "GET");
            ProblemWriter.write(CommonProblems.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED), response);
        }
    }

    /** RFC 9113, 8.2.2: "An endpoint MUST NOT generate an HTTP/2 message containing connection-specific header fields". */
    private static void nameProtocol(HttpServletRequest request, HttpServletResponse response) {
        if (request.getProtocol().startsWith("HTTP/1.")) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Connection", "Upgrade");
        }
    }
}
