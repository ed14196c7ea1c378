package dev.pushwire.service;

/** Thrown because a test wants it. Not even its message can be had, and so it cannot be logged. */
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
