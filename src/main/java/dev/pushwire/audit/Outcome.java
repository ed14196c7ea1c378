package dev.pushwire.audit;

/** The result of an act. */
public enum Outcome {
    /** It was carried out. */
    DONE("done"),
    /** It was allowed, and was not carried out, or not wholly. */
    FAILED("failed"),
    /** The caller has sent no key and no token. */
    NO_CREDENTIALS("no_credentials"),
    /** The caller has sent a key or a token that is not valid. */
    BAD_CREDENTIALS("bad_credentials"),
    /** The caller is known, and has no right to it. */
    NOT_ALLOWED("not_allowed");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The word for the log and the meter. */
    public String word() {
        return word;
    }

    /**
     * Whether the act was refused, since the caller has no right to it. Any caller that reaches the port can cause any
     * number of these.
     */
    public boolean isRefusal() {
        return switch (this) {
            case DONE, FAILED -> false;
            case NO_CREDENTIALS, BAD_CREDENTIALS, NOT_ALLOWED -> true;
        };
    }
}
