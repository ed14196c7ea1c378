package dev.pushwire.engineio;

/** A client broke the protocol. Says how the session ends; nothing of it goes out on the wire. */
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
