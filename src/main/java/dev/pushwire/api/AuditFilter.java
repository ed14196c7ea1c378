package dev.pushwire.api;

import dev.pushwire.api.ApiPath.Area;
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
 * Writes each act with power over the HTTP API to the audit log: connections that were looked at, subscribed or closed,
 * revocations, and requests that were refused for lack of rights.
 */
public final class AuditFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient AuditLog log;
    private final String prefix;

    /** @param prefix the path of the dispatcher servlet; empty for none */
    public AuditFilter(AuditLog log, String prefix) {
        this.log = log;
        this.prefix = prefix;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ApiPath path = ApiPath.of(request, prefix);
        if (path == null) {
            chain.doFilter(request, response);
            return;
        }
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            if (AuditNotes.isAsked(request)) {
                write(request, path, answered ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        }
    }

    private void write(HttpServletRequest request, ApiPath path, int status) {
        Caller caller = AuditNotes.caller(request);
        Outcome outcome = outcome(caller, status);
        if (!outcome.isRefusal() && !isPowerful(path.area())) {
            return;
        }
        String detail = AuditNotes.detail(request);
        log.write(new Act(
                action(request.getMethod(), path.area()),
                AuditNotes.actor(caller),
                LocalCaller.address(request),
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

    private static boolean isPowerful(Area area) {
        return area == Area.CONNECTIONS || area == Area.SUBSCRIPTIONS || area == Area.REVOCATIONS;
    }

    private static String action(String method, Area area) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        return switch (area) {
            case CONNECTIONS -> reads ? "connections.read" : "connections.close";
            case SUBSCRIPTIONS -> method.equals("DELETE") ? "unsubscribe" : "subscribe";
            case REVOCATIONS -> "revoke";
            case EVENTS -> "emit";
            case TOPICS, TOPIC_STATES, PUBLICATIONS -> reads ? "topics.read" : "publish";
        };
    }

    private static @Nullable String target(HttpServletRequest request, ApiPath path) {
        String noted = AuditNotes.target(request);
        if (noted != null) {
            return noted;
        }
        return switch (path.area()) {
            case CONNECTIONS ->
                path.name().isEmpty() ? named(request.getParameter("principal")) : "connection " + path.name();
            case TOPICS -> path.name().isEmpty() ? null : "topic " + path.name();
            case TOPIC_STATES, PUBLICATIONS, EVENTS, SUBSCRIPTIONS, REVOCATIONS -> null;
        };
    }

    private static @Nullable String named(@Nullable String principal) {
        return principal == null ? null : "principal " + principal;
    }
}
