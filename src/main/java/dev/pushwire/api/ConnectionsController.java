package dev.pushwire.api;

import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the connections of a principal on all nodes, and closes them. */
@RestController
@RequestMapping("/api/connections")
final class ConnectionsController {
    private final ClusterClient nodes;
    private final Rights rights;

    ConnectionsController(ClusterClient nodes, Rights rights) {
        this.nodes = nodes;
        this.rights = rights;
    }

    @GetMapping
    ConnectionList list(@RequestParam("principal") String principal, HttpServletRequest request) {
        rights.mayAdminister(request);
        return nodes.list(named(principal));
    }

    @GetMapping("/{id}")
    ConnectionReport one(@PathVariable("id") String id, HttpServletRequest request) {
        rights.mayAdminister(request);
        return nodes.find(id);
    }

    @DeleteMapping
    Closed disconnect(
            @RequestParam("principal") String principal,
            @RequestParam(name = "code", required = false) @Nullable Integer code,
            @RequestParam(name = "reason", required = false) @Nullable String reason,
            HttpServletRequest request) {
        rights.mayAdminister(request);
        CloseStatus status = status(code, reason);
        Closed closed = nodes.close(named(principal), status);
        return noted(closed, status, request);
    }

    @DeleteMapping("/{id}")
    Closed disconnectOne(
            @PathVariable("id") String id,
            @RequestParam(name = "code", required = false) @Nullable Integer code,
            @RequestParam(name = "reason", required = false) @Nullable String reason,
            HttpServletRequest request) {
        rights.mayAdminister(request);
        CloseStatus status = status(code, reason);
        return noted(nodes.closeOne(id, status), status, request);
    }

    private static Closed noted(Closed closed, CloseStatus status, HttpServletRequest request) {
        AuditNotes.detail(request, closed + " with " + status.code());
        return closed;
    }

    private static String named(String principal) {
        if (principal.isEmpty()) {
            throw Problems.badRequest("No principal", "Name the principal: ?principal=<name>.");
        }
        return principal;
    }

    private static CloseStatus status(@Nullable Integer code, @Nullable String reason) {
        int number = Objects.requireNonNullElse(code, CloseCode.GOING_AWAY);
        if (!CloseCode.mayBeSent(number)) {
            throw Problems.badRequest(
                    "Invalid close code", "A close code is from 1000 to 1003, 1007 to 1014, or 3000 to 4999.");
        }
        return new CloseStatus(number, Objects.requireNonNullElse(reason, "disconnected"));
    }
}
