package dev.pushwire.broker;

/** A notice was not taken, since as many are kept as there may be. */
public final class TooManyNoticesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TooManyNoticesException() {
        super("No more notices are kept until older ones are out of date");
    }
}
