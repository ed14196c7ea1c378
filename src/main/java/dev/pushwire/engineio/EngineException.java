package dev.pushwire.engineio;

/**
 * A client broke the protocol. The exception says how the session ends, and its message does not go out on the wire.
 */
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    public EngineException(CloseReason reason) {
        super(reason.text(), null, false, false);
        this.reason = reason;
    }

    /** How the session ends. */
    public CloseReason reason() {
        return reason;
    }
}
