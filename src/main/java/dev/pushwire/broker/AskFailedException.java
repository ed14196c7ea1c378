package dev.pushwire.broker;

/** A question to another node was not answered. Unless the reason says otherwise, that node may have acted on it. */
public final class AskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why there is no answer. */
    public enum Reason {
        /** The node does not live any more, is cut off from the broker, or was so while it answered. */
        UNREACHABLE,
        /** Nobody answers at that address of the node, or what answers there failed. */
        FAILED,
        /** This node cannot reach the broker, or waits for too many answers already. */
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
