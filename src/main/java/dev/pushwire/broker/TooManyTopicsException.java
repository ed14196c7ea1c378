package dev.pushwire.broker;

/** A topic cannot begin: as many as this node may have are in use. Nothing was done; try again later. */
public final class TooManyTopicsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TooManyTopicsException() {
        super("This node has as many topics as it may have (pushwire.limits.topics)", null, false, false);
    }
}
