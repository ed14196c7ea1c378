package dev.pushwire.metrics;

import dev.pushwire.api.LocalCaller;
import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps {@code /actuator/websockets}, which shows clients' addresses and may close connections, from callers that are not on
 * this machine. For where it is on the port that clients use; a management port of its own needs no such thing.
 */
public final class LocalCallersFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String REASON =
            "Only callers on this machine see connections on this port. For others set management.server.port, and keep"
                    + " that port away from clients.";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (LocalCaller.mayRead(request)) {
            chain.doFilter(request, response);
        } else {
            ProblemWriter.write(CommonProblems.of(HttpServletResponse.SC_FORBIDDEN, REASON), response);
        }
    }
}
