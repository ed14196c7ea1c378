package dev.pushwire.api;

import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Keeps the HTTP API on its own port, and everything else off that port. On the wrong port, a path does not exist.
 * Looking at topics, and WebSockets, stay on the clients' port.
 */
public final class ApiPortFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient IntSupplier apiPort;
    private final String prefix;

    /**
     * A filter for all paths.
     *
     * @param apiPort the port of the API; asked for at each request
     * @param prefix the path of the dispatcher servlet; empty for none
     */
    public ApiPortFilter(IntSupplier apiPort, String prefix) {
        this.apiPort = apiPort;
        this.prefix = prefix;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ApiPath path = ApiPath.of(request, prefix);
        boolean isRight = request.getLocalPort() == apiPort.getAsInt()
                ? path != null && !asksForWebSocket(request)
                : path == null || path.isForClients(request.getMethod());
        if (isRight) {
            chain.doFilter(request, response);
        } else {
            ProblemWriter.write(CommonProblems.of(HttpServletResponse.SC_NOT_FOUND), response);
        }
    }

    private static boolean asksForWebSocket(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Upgrade")).stream()
                .anyMatch(protocols -> protocols.toLowerCase(Locale.ROOT).contains("websocket"));
    }
}
