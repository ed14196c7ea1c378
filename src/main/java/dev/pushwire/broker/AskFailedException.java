package dev.pushwire.broker;

/** A question to another node was not answered. Unless the reason says otherwise, that node may have acted on it. */
public final class AskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why there is no answer. */
    public enum Reason {
        /** The node does not live any more, or is cut off from the broker. */
        UNREACHABLE,
        /** The node lives. But nobody answers at that address, what answers there failed, or its answer was lost. */
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
