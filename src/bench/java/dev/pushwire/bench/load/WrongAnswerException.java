package dev.pushwire.bench.load;

/** The server said something that it should not have: the run is void. */
final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongAnswerException(String message) {
        super(message);
    }
}
