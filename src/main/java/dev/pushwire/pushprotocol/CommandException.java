package dev.pushwire.pushprotocol;

import org.jspecify.annotations.Nullable;

/** A command that cannot be carried out. Stackless: it says what a client did, not what went wrong here. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable Long id;
    private final ErrorCode code;

    /** @param id of the command; null when it has none that could be read */
    CommandException(@Nullable Long id, ErrorCode code) {
        this(id, code, code.message());
    }

    /** @param sentence says more than that of the code; a constant */
    CommandException(@Nullable Long id, ErrorCode code, String sentence) {
        super(sentence, null, false, false);
        this.id = id;
        this.code = code;
    }

    @Nullable
    Long id() {
        return id;
    }

    /** For people. */
    String sentence() {
        return String.valueOf(getMessage());
    }

    ErrorCode code() {
        return code;
    }
}
