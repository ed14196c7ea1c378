package dev.pushwire.push;

/**
 * This node has as many patterns with wildcards as it may have. Stackless: clients cause it, and no part of the service
 * is at fault.
 */
public final class TooManyPatternsException extends Exception {
    private static final long serialVersionUID = 1;

    TooManyPatternsException(int limit) {
        super("There are " + limit + " patterns, as many as there may be", null, false, false);
    }
}
