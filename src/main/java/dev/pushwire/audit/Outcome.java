package dev.pushwire.audit;

/** What became of an act. */
public enum Outcome {
    /** It was done. */
    DONE("done"),
    /** It was allowed, and was not done, or not wholly. */
    FAILED("failed"),
    /** Who asked has sent no key and no token. */
    NO_CREDENTIALS("no_credentials"),
    /** Who asked has sent a key or a token that is not good. */
    BAD_CREDENTIALS("bad_credentials"),
    /** Who asked is known, and may not. */
    NOT_ALLOWED("not_allowed");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** As the log and the meter have it. */
    public String word() {
        return word;
    }

    /** Whether it was refused for want of rights: anybody who reaches the port can make as many of these as he likes. */
    public boolean isRefusal() {
        return switch (this) {
            case DONE, FAILED -> false;
            case NO_CREDENTIALS, BAD_CREDENTIALS, NOT_ALLOWED -> true;
        };
    }
}
