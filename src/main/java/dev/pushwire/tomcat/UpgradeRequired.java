package dev.pushwire.tomcat;

import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import dev.pushwire.protocol.OpeningHandshake.Rejected;
import dev.pushwire.tomcat.EndpointMappings.Match;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.HttpRequestHandler;

/**
 * Answers requests for the path of an endpoint that ask for no WebSocket (RFC 9110, section 15.5.22).
 *
 * <p>A browser tells a page nothing about a refused handshake. So a page asks the same path in this way, and learns the
 * reason. The answer is the one that would refuse its handshake, or 426 if none would. Pages that may open WebSockets
 * may read it.
 */
public final class UpgradeRequired implements HttpRequestHandler {
    private final EndpointMappings mappings;
    private final Upgrade upgrade;
    private final CrossOrigin crossOrigin;

    public UpgradeRequired(EndpointMappings mappings, Upgrade upgrade, CrossOrigin crossOrigin) {
        this.mappings = mappings;
        this.upgrade = upgrade;
        this.crossOrigin = crossOrigin;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        crossOrigin.share(request, response);
        response.setHeader("Cache-Control", "no-store");
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.setHeader("Allow", "GET");
            ProblemWriter.write(CommonProblems.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED), response);
            return;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Match match = mappings.match(path);
        Rejected refusal = match == null ? null : upgrade.refusal(request, path, match);
        if (refusal == null) {
            nameProtocol(request, response);
            ProblemWriter.write(CommonProblems.of(426), response);
        } else {
            refusal.headers().forEach((name, value) -> {
                if (!name.equals("Connection")) { // HTTP/2 forbids it, and Tomcat itself knows when to close
                    response.setHeader(name, value);
                }
            });
            ProblemWriter.write(CommonProblems.of(refusal.status(), refusal.reason()), response);
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
