package dev.pushwire.service;

/** What an endpoint throws because a test wants it to. Without a stack trace, to leave the log short. */
public final class OnPurposeException extends RuntimeException {
    /** No peer may ever read this. */
    public static final String SECRET = "thrown on purpose";

    private static final long serialVersionUID = 1L;

    public OnPurposeException() {
        super(SECRET, null, false, false);
    }
}
