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
 * Keeps callers on other machines away from {@code /actuator/websockets}, which shows clients' addresses and may close
 * connections. It is needed if the actuator is on the port of the clients, and not on a management port of its own.
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
