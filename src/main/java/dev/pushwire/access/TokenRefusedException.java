package dev.pushwire.access;

import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;

/**
 * A token was refused. The message is a sentence for the person who wrote the client, and repeats nothing of the token.
 */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    TokenRefusedException(Refusal refusal, String reason) {
        super(reason, null, false, false);
        this.refusal = refusal;
    }

    static TokenRefusedException invalid(String reason) {
        return new TokenRefusedException(Refusal.INVALID, reason);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** The sentence of the refusal. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
