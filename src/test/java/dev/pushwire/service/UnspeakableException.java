package dev.pushwire.service;

/** An exception that a test throws on purpose. Even its message cannot be read, so it cannot be logged. */
public final class UnspeakableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnspeakableException() {
        super(null, null, false, false);
    }

    @Override
    public String getMessage() {
        throw new IllegalStateException("There is no message to be had.");
    }
}
