package dev.pushwire.endpoint.spi;

import dev.pushwire.protocol.CloseStatus;

/**
 * The close codes of connections that access control ends. They are private codes (RFC 6455, section 7.4.2), and each
 * repeats the HTTP status of its kind.
 */
public final class AccessStatus {
    /** 4401: the peer has not sent a valid token in time. */
    public static final CloseStatus UNAUTHENTICATED = new CloseStatus(4401, "no valid token came in time");
    /** 4401: the first token of the peer was refused. */
    public static final CloseStatus BAD_TOKEN = new CloseStatus(4401, "the token is not valid");
    /** 4403: the token has expired. */
    public static final CloseStatus TOKEN_EXPIRED = new CloseStatus(4403, "the token has expired");
    /** 4403: an operator has revoked the token or the access of its user. */
    public static final CloseStatus REVOKED = new CloseStatus(4403, "access was revoked");
    /** 4429: the peer sent more messages than it may. */
    public static final CloseStatus TOO_MANY_MESSAGES =
            new CloseStatus(4429, "too many messages per second; retry in 1 s");

    private AccessStatus() {}
}
