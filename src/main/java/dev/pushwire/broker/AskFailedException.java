package dev.pushwire.broker;

/** Another node did not answer a question. Unless the reason says otherwise, that node may have acted on it. */
public final class AskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The reason why there is no answer. */
    public enum Reason {
        /** The node is dead, or is cut off from the broker. */
        UNREACHABLE,
        /** The node is alive. But it has no handler at that address, its handler failed, or its answer was lost. */
        FAILED,
        /** This node cannot reach the broker, or could not until just now, or waits for too many answers already. */
        UNAVAILABLE,
        /** There was no answer in time. */
        LATE
    }

    private final Reason reason;

    public AskFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public AskFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
