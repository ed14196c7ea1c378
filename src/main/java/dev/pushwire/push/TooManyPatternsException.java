package dev.pushwire.push;

/** This node holds as many patterns with wildcards as it may. Stackless: it says what clients did, not what went wrong here. */
public final class TooManyPatternsException extends Exception {
    private static final long serialVersionUID = 1;

    TooManyPatternsException(int limit) {
        super("There are " + limit + " patterns, as many as there may be", null, false, false);
    }
}
