package dev.pushwire.broker;

/**
 * The broker cannot be reached, did not answer in time, or has no memory left. Whether what was asked of it has happened is not
 * known: to publish again without doubling needs an idempotency key.
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
