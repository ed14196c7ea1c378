package dev.pushwire.broker;

/**
 * The broker cannot be reached, did not answer in time, or has no memory left. The action may have happened or not. To
 * publish again without a duplicate, a publisher needs an idempotency key.
 */
public final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BrokerUnavailableException(String message) {
        super(message);
    }

    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
