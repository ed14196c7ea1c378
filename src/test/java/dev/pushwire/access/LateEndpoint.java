package dev.pushwire.access;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import dev.pushwire.service.RunningService;

/** Takes each message for a token, and answers with the name of its bearer or with what is wrong. */
@EndpointMapping(value = "/late", authenticatesLate = true, rateLimit = RateLimit.MESSAGES)
final class LateEndpoint implements Endpoint {
    private final TokenAuthenticator tokens;

    LateEndpoint(TokenAuthenticator tokens) {
        this.tokens = tokens;
    }

    static RunningService serviceWith(String... settings) {
        return RunningService.with(new Class<?>[] {LateEndpoint.class}, settings);
    }

    @Override
    public void onText(Session session, Text token) {
        switch (tokens.authenticate(session, token.toString())) {
            case TokenAuthenticator.Outcome.Authenticated _ ->
                session.send(session.principal().getName());
            case TokenAuthenticator.Outcome.Refused(var refusal, String reason) -> session.send(refusal + " " + reason);
        }
    }
}
