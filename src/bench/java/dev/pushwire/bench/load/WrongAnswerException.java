package dev.pushwire.bench.load;

/** The server sent something wrong, so the run is void. */
final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongAnswerException(String message) {
        super(message);
    }
}
