package dev.pushwire.stream;

import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import dev.pushwire.protocol.HandshakeRequest;
import dev.pushwire.tomcat.CrossOrigin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;
import org.springframework.web.util.pattern.PathPatternParser;

/** Picks the requests for an event stream out of the HTTP traffic. All other requests pass unchanged. */
public final class EventStreamFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final PathPattern SEVERAL = PathPatternParser.defaultInstance.parse("/topics");
    private static final PathPattern ONE = PathPatternParser.defaultInstance.parse("/topics/{topic}");

    private final transient EventStreams streams;
    private final transient CrossOrigin crossOrigin;

    public EventStreamFilter(EventStreams streams, CrossOrigin crossOrigin) {
        this.streams = streams;
        this.crossOrigin = crossOrigin;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("GET") || asksForWebSocket(request)) {
            chain.doFilter(request, response);
            return;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        PathContainer parsed = PathContainer.parsePath(path);
        PathMatchInfo one = ONE.matchAndExtract(parsed);
        if (one == null && !SEVERAL.matches(parsed)) {
            chain.doFilter(request, response);
            return;
        }
        response.addHeader("Vary", "Accept");
        if (!Preference.isForEvents(Collections.list(request.getHeaders("Accept")))) {
            chain.doFilter(request, response);
        } else if (path.indexOf(';') >= 0) {
            refuse(400, "A path has no parameters here: a semicolon in it must be percent-encoded, as %3B.", response);
        } else if (!crossOrigin.admits(request)) {
            refuse(403, "This Origin is not allowed to open a stream here.", response);
        } else if (one == null) {
            streams.answerSeveral(request, response, path);
        } else {
            streams.answerOne(request, response, path, Map.copyOf(one.getUriVariables()));
        }
    }

    private static boolean asksForWebSocket(HttpServletRequest request) {
        return HandshakeRequest.asksForWebSocket(
                request.getProtocol(), Collections.list(request.getHeaders("Upgrade")));
    }

    private static void refuse(int status, String reason, HttpServletResponse response) throws IOException {
        ProblemWriter.write(CommonProblems.of(status, reason), response);
    }
}
