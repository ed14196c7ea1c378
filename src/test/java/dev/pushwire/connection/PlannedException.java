package dev.pushwire.connection;

/** An exception that a test throws on purpose. It has no stack trace, so that the log of a good run stays short. */
final class PlannedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlannedException() {
        super("as the test wants it", null, false, false);
    }
}
