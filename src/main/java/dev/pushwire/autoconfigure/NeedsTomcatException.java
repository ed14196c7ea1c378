package dev.pushwire.autoconfigure;

/** The application has Pushwire, and no server that Pushwire can run on. */
final class NeedsTomcatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NeedsTomcatException() {
        super("Pushwire takes WebSockets over from an embedded Tomcat, and this application does not run on one.");
    }
}
