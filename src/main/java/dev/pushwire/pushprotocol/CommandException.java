package dev.pushwire.pushprotocol;

import org.jspecify.annotations.Nullable;

/** A command cannot be carried out. Stackless: the client caused it, and no part of the service is at fault. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable Long id;
    private final ErrorCode code;

    /** @param id the id of the command; null if it has none that could be read */
    CommandException(@Nullable Long id, ErrorCode code) {
        this(id, code, code.message());
    }

    /** @param sentence says more than the sentence of the code; a constant */
    CommandException(@Nullable Long id, ErrorCode code, String sentence) {
        super(sentence, null, false, false);
        this.id = id;
        this.code = code;
    }

    @Nullable
    Long id() {
        return id;
    }

    /** The sentence for people. */
    String sentence() {
        return String.valueOf(getMessage());
    }

    ErrorCode code() {
        return code;
    }
}
