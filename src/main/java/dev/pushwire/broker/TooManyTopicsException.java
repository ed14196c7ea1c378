package dev.pushwire.broker;

/**
 * A topic cannot begin, since this node has as many topics in use as it may have. Nothing has changed; a later attempt
 * may succeed.
 */
public final class TooManyTopicsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TooManyTopicsException() {
        super("This node has as many topics as it may have (pushwire.limits.topics)", null, false, false);
    }
}
