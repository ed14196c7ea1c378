package dev.pushwire.api;

import dev.pushwire.access.HandshakeToken;
import dev.pushwire.access.Tickets;
import dev.pushwire.access.Tickets.TooManyTicketsException;
import dev.pushwire.access.TokenPrincipal;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Issues tickets to clients that have a token and can set only a URL. */
@RestController
final class TicketsController {
    private final Callers callers;
    private final Tickets tickets;
    private final LimitListener limits;

    TicketsController(Callers callers, Tickets tickets, LimitListener limits) {
        this.callers = callers;
        this.tickets = tickets;
        this.limits = limits;
    }

    /**
     * A ticket.
     *
     * @param ticket for the parameter of that name; valid for one connection
     * @param expiresInSeconds how long it is valid
     */
    record Issued(String ticket, long expiresInSeconds) {}

    @PostMapping("/tickets")
    ResponseEntity<Issued> issue(HttpServletRequest request) {
        TokenPrincipal bearer = callers.bearer(request).token();
        String token = Objects.requireNonNull(HandshakeToken.bearerToken(request.getHeader("Authorization")));
        try {
            return ResponseEntity.status(HttpStatus.CREATED)
                    .cacheControl(CacheControl.noStore())
                    .body(new Issued(tickets.issue(token, bearer.name()), Tickets.LIFE.toSeconds()));
        } catch (TooManyTicketsException e) {
            limits.exceeded(Limit.TICKETS);
            throw Problems.tooManyTickets();
        }
    }
}
