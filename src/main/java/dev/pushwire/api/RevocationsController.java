package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Revokes tokens before their time, and ends the connections that rest on them. */
@RestController
final class RevocationsController {
    private static final int MAX_BODY = 64 * 1024;

    private final ClusterClient nodes;
    private final Rights rights;

    RevocationsController(ClusterClient nodes, Rights rights) {
        this.nodes = nodes;
        this.rights = rights;
    }

    @PostMapping("/api/revocations")
    Closed revoke(HttpServletRequest request) {
        rights.mayAdminister(request);
        Revocation wanted = JsonBody.read(request, MAX_BODY, Revocation.class, Revocation.EXPECTED);
        if (!wanted.isWhole()) {
            throw Problems.notJson(Revocation.EXPECTED);
        }
        AuditNotes.target(request, wanted.toString());
        Closed closed = nodes.revoke(wanted);
        AuditNotes.detail(request, closed.toString());
        return closed;
    }
}
