package dev.pushwire.metrics;

import dev.pushwire.api.LocalCaller;
import dev.pushwire.audit.Act;
import dev.pushwire.audit.AuditLog;
import dev.pushwire.audit.Outcome;
import dev.pushwire.connection.Connections;
import dev.pushwire.protocol.CloseStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Writes what operators do over the actuator to the audit log. It knows their names if a filter before it asks for
 * them.
 */
public final class OperatorAudit {
    private final AuditLog log;

    public OperatorAudit(AuditLog log) {
        this.log = log;
    }

    /** @param target the connections that were read */
    void read(String target) {
        write("connections.read", target, null);
    }

    /** @param target the connections that were closed */
    void closed(String target, Connections.Closed closed, CloseStatus status) {
        String silent = closed.silentLoops().isEmpty() ? "" : ", and maybe more: not all event loops have answered";
        write("connections.close", target, "closed " + closed.count() + silent + " with " + status.code());
    }

    private void write(String action, String target, @Nullable String detail) {
        HttpServletRequest request =
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes http
                        ? http.getRequest()
                        : null;
        Principal principal = request == null ? null : request.getUserPrincipal();
        log.write(new Act(
                action,
                principal == null ? "operator" : "operator " + principal.getName(),
                request == null ? "JMX" : LocalCaller.address(request),
                target,
                Outcome.DONE,
                detail));
    }
}
