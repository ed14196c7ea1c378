package dev.pushwire.connection;

/** Thrown because the test wants it; without a stack trace, so that the log of a good run stays short. */
final class PlannedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlannedException() {
        super("as the test wants it", null, false, false);
    }
}
