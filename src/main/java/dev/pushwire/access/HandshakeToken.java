package dev.pushwire.access;

import dev.pushwire.endpoint.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token of a handshake. It may be in the Authorization header, which programs can set; in the subprotocols,
 * which browsers can set, too; behind a ticket in the URL, for clients that can set neither; or in a cookie, which
 * browsers send by themselves. The first one counts, whether it is valid or not.
 */
public final class HandshakeToken {
    /**
     * The subprotocol that every endpoint accepts if it has no better one in common with the client. A browser closes a
     * connection if it offered subprotocols and got none.
     */
    public static final String SUBPROTOCOL = "pushwire.token";

    private static final String SUBPROTOCOL_PREFIX = SUBPROTOCOL + ".";
    private static final String BEARER = "Bearer";

    private static final String TICKET = "ticket";

    private final @Nullable String cookie;
    private final Tickets tickets;

    /** @param cookie the name of the cookie; null for none */
    HandshakeToken(@Nullable String cookie, Tickets tickets) {
        this.cookie = cookie;
        this.tickets = tickets;
    }

    /**
     * The token; null for none. If it is behind a ticket, that is used up. The method may wait for another node, which
     * has the token of a ticket.
     *
     * @throws TokenRefusedException if the ticket is not valid
     */
    @Nullable
    String in(Handshake handshake) throws TokenRefusedException {
        return in(handshake, tickets::redeem);
    }

    /** The same, but a ticket is not used up. */
    @Nullable
    String shownIn(Handshake handshake) throws TokenRefusedException {
        return in(handshake, tickets::look);
    }

    private interface TicketReading {
        String token(String ticket) throws TokenRefusedException;
    }

    private @Nullable String in(Handshake handshake, TicketReading reading) throws TokenRefusedException {
        String token = bearerToken(handshake.header("Authorization"));
        if (token == null) {
            token = offered(handshake);
        }
        String ticket = token == null ? handshake.queryParameter(TICKET) : null;
        if (ticket != null) {
            return reading.token(ticket);
        }
        return token == null && cookie != null ? cookie(handshake, cookie) : token;
    }

    /** The token of an Authorization header (RFC 6750, section 2.1); null for another scheme, or none. */
    public static @Nullable String bearerToken(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String rest = authorization.substring(BEARER.length());
        return rest.isEmpty() || rest.startsWith(" ") ? rest.strip() : null;
    }

    private static @Nullable String offered(Handshake handshake) {
        for (String subprotocol : handshake.offeredSubprotocols()) {
            if (subprotocol.startsWith(SUBPROTOCOL_PREFIX)) {
                return subprotocol.substring(SUBPROTOCOL_PREFIX.length());
            }
        }
        return null;
    }

    private static @Nullable String cookie(Handshake handshake, String name) {
        for (String line : handshake.headers("Cookie")) {
            for (String pair : line.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    String value = unquoted(pair.substring(equals + 1).strip());
                    return value.isEmpty() ? null : value; // empty: its user has logged out
                }
            }
        }
        return null;
    }

    /** RFC 6265, section 4.1.1: a value may stand in double quotes. */
    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
