package dev.pushwire.api;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes tokens off before their time, and with them the connections that rest on them. */
@RestController
final class RevocationsController {
    private static final Logger log = LoggerFactory.getLogger(RevocationsController.class);

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
        Closed closed = nodes.revoke(wanted);
        log.info("A revocation closed {} connections", closed.closed());
        return closed;
    }
}
