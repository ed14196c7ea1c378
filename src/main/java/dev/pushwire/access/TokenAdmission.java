package dev.pushwire.access;

import dev.pushwire.access.ConnectionQuota.Place;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Admits clients that have a valid token or need none, up to the limits on their number. The address is counted before
 * the token is checked, since the check costs more.
 */
public final class TokenAdmission implements Admission {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final AccessSettings settings;
    private final HandshakeToken tokens;
    private final TokenVerifier verifier;
    private final LeaseIssuer issuer;
    private final ConnectionQuota addresses;
    private final LimitListener limits;

    public TokenAdmission(
            AccessSettings settings,
            TokenVerifier verifier,
            LeaseIssuer issuer,
            Tickets tickets,
            LimitListener limits) {
        this.settings = settings;
        this.tokens = new HandshakeToken(settings.cookie(), tickets);
        this.verifier = verifier;
        this.issuer = issuer;
        this.addresses = new ConnectionQuota(settings.connectionsPerAddress());
        this.limits = limits;
    }

    @Override
    public AccessLease admit(Handshake handshake, boolean authenticatesLate) throws HandshakeRefusedException {
        return admit(handshake, authenticatesLate, tokens::in);
    }

    @Override
    public void check(Handshake handshake, boolean authenticatesLate) throws HandshakeRefusedException {
        admit(handshake, authenticatesLate, tokens::shownIn).release();
    }

    private interface TokenReading {
        @Nullable
        String token(Handshake handshake) throws TokenRefusedException;
    }

    private AccessLease admit(Handshake handshake, boolean authenticatesLate, TokenReading reading)
            throws HandshakeRefusedException {
        Place address = addresses.areCounted()
                ? addresses.take(AddressKey.of(handshake.remoteAddress()))
                : ConnectionQuota.none();
        if (address == null) {
            limits.exceeded(Limit.CONNECTIONS_PER_ADDRESS);
            throw tooMany("There are as many connections from this address as this server allows.");
        }
        boolean admitted = false;
        try {
            AccessLease lease = lease(handshake, authenticatesLate, address, reading);
            admitted = true;
            return lease;
        } finally {
            if (!admitted) {
                address.leave();
            }
        }
    }

    @Override
    public @Nullable Principal identify(Handshake handshake) throws HandshakeRefusedException {
        try {
            String token = verifier.isConfigured() ? tokens.in(handshake) : null;
            return token == null ? handshake.principal() : verifier.verify(token);
        } catch (TokenRefusedException e) {
            throw refused(e);
        }
    }

    private AccessLease lease(Handshake handshake, boolean authenticatesLate, Place address, TokenReading reading)
            throws HandshakeRefusedException {
        try {
            String token = verifier.isConfigured() ? reading.token(handshake) : null;
            if (token != null) {
                return issuer.lease(token, address);
            }
        } catch (TokenRefusedException e) {
            throw refused(e);
        }
        Principal known = handshake.principal(); // the user that the application's own filters have found
        if (known == null && !settings.anonymous()) {
            if (!authenticatesLate) {
                throw unauthorized("", "This server lets in only clients that bring a token.");
            }
            return new CountedLease(
                    null, Validity.Probation.of(settings.tokenTimeout()), address, ConnectionQuota.none());
        }
        return lease(known, address);
    }

    private AccessLease lease(@Nullable Principal known, Place address) throws HandshakeRefusedException {
        if (known == null) {
            return CountedLease.anonymous(address);
        }
        Place own = issuer.place(known.getName());
        if (own == null) {
            throw tooMany(LeaseIssuer.TOO_MANY);
        }
        return new CountedLease(known, Validity.UNLIMITED, address, own);
    }

    private static HandshakeRefusedException refused(TokenRefusedException refused) {
        return switch (refused.refusal()) {
            case INVALID, OTHER_PRINCIPAL -> unauthorized(", error=\"invalid_token\"", refused.reason());
            case TOO_MANY_CONNECTIONS -> tooMany(refused.reason());
            case UNAVAILABLE ->
                new HandshakeRefusedException(503, refused.reason(), Map.of("Retry-After", RETRY_AFTER_SECONDS));
        };
    }

    private static HandshakeRefusedException unauthorized(String error, String reason) {
        return new HandshakeRefusedException(
                401, reason, Map.of("WWW-Authenticate", "Bearer realm=\"pushwire\"" + error));
    }

    private static HandshakeRefusedException tooMany(String reason) {
        return new HandshakeRefusedException(429, reason, Map.of("Retry-After", RETRY_AFTER_SECONDS));
    }
}
