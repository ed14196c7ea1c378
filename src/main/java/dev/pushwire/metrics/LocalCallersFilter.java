package dev.pushwire.metrics;

import dev.pushwire.api.LocalCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps {@code /actuator/websockets}, which shows clients' addresses and may close connections, from whoever is not on
 * this machine. For where it is on the port that clients use; a management port of its own needs no such thing.
 */
public final class LocalCallersFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final byte[] REASON = """
            Only callers on this machine see connections on this port. For others set management.server.port, and keep \
            that port away from clients.
            """.getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (LocalCaller.mayRead(request)) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("text/plain;charset=US-ASCII");
        response.setContentLength(REASON.length);
        response.getOutputStream().write(REASON);
    }
}
