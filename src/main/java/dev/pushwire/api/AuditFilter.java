package dev.pushwire.api;

import dev.pushwire.api.Caller.Nobody;
import dev.pushwire.audit.Act;
import dev.pushwire.audit.AuditLog;
import dev.pushwire.audit.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sees that each act with power over the HTTP API gets its line: connections that were looked at or closed, revocations, and
 * whatever was refused for want of rights.
 */
public final class AuditFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String CONNECTIONS = "/api/connections";
    private static final String REVOCATIONS = "/api/revocations";
    private static final String TOPICS = "/topics/";

    private final transient AuditLog log;

    public AuditFilter(AuditLog log) {
        this.log = log;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            if (AuditNotes.isAsked(request)) {
                write(request, answered ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        }
    }

    private void write(HttpServletRequest request, int status) {
        Caller caller = AuditNotes.caller(request);
        Outcome outcome = outcome(caller, status);
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!outcome.isRefusal() && !isPowerful(path)) {
            return;
        }
        String detail = AuditNotes.detail(request);
        log.write(new Act(
                action(request.getMethod(), path),
                AuditNotes.actor(caller),
                request.getRemoteAddr(),
                target(request, path),
                outcome,
                detail == null && outcome != Outcome.DONE ? "status " + status : detail));
    }

    private static Outcome outcome(@Nullable Caller caller, int status) {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED ->
                caller instanceof Nobody ? Outcome.NO_CREDENTIALS : Outcome.BAD_CREDENTIALS;
            case HttpServletResponse.SC_FORBIDDEN ->
                caller instanceof Nobody ? Outcome.NO_CREDENTIALS : Outcome.NOT_ALLOWED;
            default -> status < 400 ? Outcome.DONE : Outcome.FAILED;
        };
    }

    private static boolean isPowerful(String path) {
        return path.startsWith(CONNECTIONS) || path.startsWith(REVOCATIONS);
    }

    private static String action(String method, String path) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (path.startsWith(CONNECTIONS)) {
            return reads ? "connections.read" : "connections.close";
        }
        if (path.startsWith(REVOCATIONS)) {
            return "revoke";
        }
        return reads ? "topics.read" : "publish";
    }

    private static @Nullable String target(HttpServletRequest request, String path) {
        String noted = AuditNotes.target(request);
        if (noted != null) {
            return noted;
        }
        if (path.startsWith(CONNECTIONS)) {
            return path.length() > CONNECTIONS.length() + 1
                    ? "connection " + path.substring(CONNECTIONS.length() + 1)
                    : named(request.getParameter("principal"));
        }
        return path.startsWith(TOPICS) ? "topic " + path.substring(TOPICS.length()) : null;
    }

    private static @Nullable String named(@Nullable String principal) {
        return principal == null ? null : "principal " + principal;
    }
}
