package dev.pushwire.api;

import dev.pushwire.access.Revocations;
import dev.pushwire.connection.Connections;
import dev.pushwire.endpoint.AccessStatus;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes tokens off before their time, and with them the connections that rest on them. */
@RestController
final class RevocationsController {
    private static final Logger log = LoggerFactory.getLogger(RevocationsController.class);

    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_NAME = 1024;
    private static final String EXPECTED =
            "A revocation is {\"principal\": \"<sub claim>\"} or {\"token\": \"<jti claim>\"}," + " with 1 to "
                    + MAX_NAME + " characters.";

    private final Revocations revocations;
    private final Connections connections;
    private final Rights rights;

    RevocationsController(Revocations revocations, Connections connections, Rights rights) {
        this.revocations = revocations;
        this.connections = connections;
        this.rights = rights;
    }

    /**
     * What to take off; one of the two.
     *
     * @param principal whose tokens that were issued up to now
     * @param token the {@code jti} of one token
     */
    record Revocation(@Nullable String principal, @Nullable String token) {}

    @PostMapping("/api/revocations")
    ConnectionsController.Closed revoke(HttpServletRequest request) {
        rights.mayAdminister(request);
        Revocation wanted = JsonBody.read(request, MAX_BODY, Revocation.class, EXPECTED);
        if (!add(wanted)) {
            throw Problems.tooManyRevocations();
        }
        // The event loops would see it by themselves within a second; so the answer can say how many there are.
        Connections.Closed closed = connections.endAccess(revocations::revokes, AccessStatus.REVOKED);
        log.info("A revocation closed {} connections", closed.count());
        return ConnectionsController.Closed.of(closed);
    }

    private boolean add(Revocation wanted) {
        String principal = wanted.principal();
        String token = wanted.token();
        if (principal != null && token == null && isName(principal)) {
            return revocations.revokePrincipal(principal);
        }
        if (token != null && principal == null && isName(token)) {
            return revocations.revokeToken(token);
        }
        throw Problems.notJson(EXPECTED);
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= MAX_NAME;
    }
}
