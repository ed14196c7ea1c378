package dev.pushwire.endpoint.spi;

import dev.pushwire.protocol.CloseStatus;

/** What connections close with when their peers may not go on: private codes that repeat the HTTP status of that kind. */
public final class AccessStatus {
    /** 4401: the peer has not said in time who it is. */
    public static final CloseStatus UNAUTHENTICATED = new CloseStatus(4401, "no valid token came in time");
    /** 4401: the first token of the peer was refused. */
    public static final CloseStatus BAD_TOKEN = new CloseStatus(4401, "the token is not good");
    /** 4403: the token's time is over. */
    public static final CloseStatus TOKEN_EXPIRED = new CloseStatus(4403, "the token has expired");
    /** 4403: an operator has taken the token or its bearer off. */
    public static final CloseStatus REVOKED = new CloseStatus(4403, "access was revoked");
    /** 4429: more messages than are allowed. */
    public static final CloseStatus TOO_MANY_MESSAGES =
            new CloseStatus(4429, "too many messages per second; retry in 1 s");

    private AccessStatus() {}
}
